"""The drawn picture of a listing that programs show beside a link to it. Pure.

The same card is the same picture, so its digest may stand in an address: another picture has another address.
"""

import hashlib
from dataclasses import astuple, dataclass
from functools import cache
from io import BytesIO
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont, ImageOps

from apps.links.rules import facts
from apps.links.rules.facts import Listing
from ghar import pictures

SIZE = (1200, 630)
"""What Open Graph's readers expect: 1.91 to 1."""

_VERSION = "1"  # another drawing of the same facts is another picture
_FONTS = Path(__file__).resolve().parents[3] / "static" / "vendor" / "expo-google-fonts-poppins-0.4.1"
_MARGIN, _WIDTH = 64, 1072
_LINES = 2
_QUALITY = 84

_DEEP, _TEAL, _LIGHT = (9, 42, 38), (15, 118, 110), (45, 168, 155)
_WHITE, _PALE = (255, 255, 255), (214, 234, 230)


@dataclass(frozen=True)
class Card:
    """What is written on the picture, and where the photograph behind it is."""

    purpose: str
    price: str
    title: str
    facts: str
    photo_url: str | None

    @property
    def digest(self) -> str:
        """Twelve characters that change with the picture."""
        parts = "\x1f".join(map(str, (_VERSION, *astuple(self))))
        return hashlib.sha256(parts.encode()).hexdigest()[:12]


def of_listing(listing: Listing) -> Card:
    """A listing as the API shows it to strangers."""
    photos = facts.pictures(listing)
    known = (facts.kind(listing), facts.rooms(listing), facts.area(listing), facts.place(listing))
    return Card(
        purpose=facts.PURPOSES[listing["purpose"]] if facts.is_on_offer(listing) else "No longer on offer",
        price=facts.price(listing),
        title=listing["title"],
        facts=" · ".join(filter(None, known)),
        photo_url=photos[0][0] if photos else None,
    )


def draw(card: Card, photo: bytes | None) -> bytes:
    """The card as a JPEG, over the photograph where there is one that can be read."""
    sheet = (photo and _behind(photo)) or _houses()
    _write(ImageDraw.Draw(sheet), card)
    packed = BytesIO()
    sheet.save(packed, "JPEG", quality=_QUALITY, optimize=True, progressive=True)
    return packed.getvalue()


def _behind(photo: bytes) -> Image.Image | None:
    """The photograph, cut to size, darker towards the words; None for one that cannot be read."""
    try:
        with pictures.opened(BytesIO(photo)) as opened:
            picture = ImageOps.fit(opened.convert("RGB"), SIZE, Image.Resampling.LANCZOS)
    except (pictures.NotAPicture, pictures.TooManyPixels):
        return None
    return Image.composite(Image.new("RGB", SIZE, _DEEP), picture, _shade())


@cache
def _shade() -> Image.Image:
    """How much of the dark colour lies over each row: little in the middle, most below."""
    column = Image.new("L", (1, SIZE[1]))
    for y in range(SIZE[1]):
        above, below = max(0.0, 0.26 - y / SIZE[1]), max(0.0, y / SIZE[1] - 0.26)
        column.putpixel((0, y), round(255 * min(0.94, 1.4 * above + 1.65 * below)))
    return column.resize(SIZE)


def _houses() -> Image.Image:
    """A row of roofs on a sky of the platform's colours."""
    sky = Image.new("RGB", (1, 2))
    sky.putpixel((0, 0), _LIGHT)
    sky.putpixel((0, 1), _TEAL)
    sheet = sky.resize(SIZE, Image.Resampling.BILINEAR)
    paint = ImageDraw.Draw(sheet)
    for place, (left, width, height) in enumerate(_ROOFS):
        colour = _mixed(_LIGHT, _WHITE, 0.16 + 0.05 * (place % 3))
        paint.rectangle((left, 340 - height, left + width, SIZE[1]), fill=colour)
        paint.polygon([(left - 18, 342 - height), (left + width / 2, 262 - height), (left + width + 18, 342 - height)],
                      fill=_mixed(colour, _WHITE, 0.3))  # fmt: skip
    return Image.composite(Image.new("RGB", SIZE, _DEEP), sheet, _shade())


_ROOFS = ((640, 150, 30), (800, 190, 110), (1000, 150, 10))


def _mixed(one: tuple[int, ...], other: tuple[int, ...], share: float) -> tuple[int, ...]:
    return tuple(round(a + (b - a) * share) for a, b in zip(one, other, strict=True))


def _write(paint: ImageDraw.ImageDraw, card: Card) -> None:
    """From the bottom up, so that short and long titles both end at the same line."""
    _chip(paint, card.purpose)
    paint.text((SIZE[0] - _MARGIN, 88), "Ghar", font=_font("700Bold", 44), fill=_WHITE, anchor="rm")
    small, large = _font("500Medium", 30), _font("700Bold", 66)
    title = _font("500Medium", 44)
    y = SIZE[1] - _MARGIN
    for line in reversed(_broken(card.facts, small, 1)):
        paint.text((_MARGIN, y), line, font=small, fill=_PALE, anchor="ls")
        y -= 56
    for line in reversed(_broken(card.title, title, _LINES)):
        paint.text((_MARGIN, y), line, font=title, fill=_WHITE, anchor="ls")
        y -= 60
    paint.text((_MARGIN, y - 14), card.price, font=large, fill=_WHITE, anchor="ls")


def _chip(paint: ImageDraw.ImageDraw, words: str) -> None:
    font = _font("500Medium", 28)
    width = paint.textlength(words, font=font)
    paint.rounded_rectangle((_MARGIN, 60, _MARGIN + width + 48, 116), radius=28, fill=_WHITE)
    paint.text((_MARGIN + 24, 88), words, font=font, fill=_TEAL, anchor="lm")


def _broken(text: str, font: ImageFont.FreeTypeFont, lines: int) -> list[str]:
    """As many whole words a line as there is room for; what does not fit ends in an ellipsis."""
    words, found = text.split(), [""]
    for word in words:
        longer = f"{found[-1]} {word}".strip()
        if font.getlength(longer) <= _WIDTH:
            found[-1] = longer
        else:
            found.append(word)
    shown = [_cut(line, font) for line in found[:lines]]
    if len(found) > lines:
        shown[-1] = _cut(f"{shown[-1]} {found[lines]}", font)
    return shown


def _cut(line: str, font: ImageFont.FreeTypeFont) -> str:
    if font.getlength(line) <= _WIDTH:
        return line
    while line and font.getlength(f"{line}…") > _WIDTH:
        line = line[:-1]
    return f"{line.rstrip()}…"


@cache
def _font(weight: str, size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(_FONTS / weight / f"Poppins_{weight}.ttf", size)
