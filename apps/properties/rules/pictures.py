"""Draws pictures of houses and rooms for demo listings, so that they need no photographs. Pure.

A picture is a kind and a variant; the same pair is the same picture. Coordinates are shares of the canvas, so the
drawings read the same at any size.
"""

from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO
from random import Random

from PIL import Image, ImageDraw

SIZE = (960, 640)
VARIANTS = 6
Colour = tuple[int, int, int]
Brush = Callable[["Sheet", Random], None]

_SKIES = (((120, 176, 226), (224, 238, 250)), ((250, 196, 140), (255, 236, 214)), ((146, 190, 210), (236, 240, 236)))
_WALLS = ((236, 226, 208), (214, 178, 150), (226, 226, 228), (198, 110, 84), (244, 236, 222), (170, 186, 190))
_TRIMS = ((110, 74, 52), (70, 84, 96), (150, 66, 48), (54, 70, 62))
_GLASS = ((150, 190, 214), (116, 158, 186), (186, 214, 226))
_GREENS = ((96, 144, 84), (124, 162, 92), (78, 124, 92))
_PAINTS = ((240, 234, 222), (222, 230, 224), (236, 222, 214), (218, 226, 236), (246, 240, 228))
_WOODS = ((172, 124, 82), (140, 100, 68), (196, 154, 108))
_CLOTHS = ((92, 118, 142), (172, 96, 84), (110, 140, 108), (206, 164, 92), (130, 108, 150))
_STONE: Colour = (196, 192, 186)
_WHITE: Colour = (250, 250, 248)


@dataclass(frozen=True)
class Sheet:
    """A canvas that is drawn on in shares: (0, 0) is the top left, (1, 1) the bottom right."""

    image: Image.Image

    def box(self, left: float, top: float, right: float, bottom: float, colour: Colour, *, rounded: float = 0) -> None:
        """A filled rectangle."""
        corners = self._at([(left, top), (right, bottom)])
        self._draw.rounded_rectangle(corners, radius=rounded * SIZE[1], fill=colour)

    def shape(self, points: list[tuple[float, float]], colour: Colour) -> None:
        """A filled polygon."""
        self._draw.polygon(self._at(points), fill=colour)

    def disc(self, x: float, y: float, radius: float, colour: Colour) -> None:
        """A filled circle; the radius is a share of the height."""
        reach = radius * SIZE[1] / SIZE[0]
        self._draw.ellipse(self._at([(x - reach, y - radius), (x + reach, y + radius)]), fill=colour)

    def fade(self, top: float, bottom: float, first: Colour, last: Colour) -> None:
        """A band across, from one colour to the other."""
        band = Image.new("RGB", (1, 2))
        band.putdata([first, last])
        height = round((bottom - top) * SIZE[1])
        self.image.paste(band.resize((SIZE[0], height), Image.Resampling.BILINEAR), (0, round(top * SIZE[1])))

    @property
    def _draw(self) -> ImageDraw.ImageDraw:
        return ImageDraw.Draw(self.image)

    def _at(self, points: list[tuple[float, float]]) -> list[tuple[float, float]]:
        return [(x * SIZE[0], y * SIZE[1]) for x, y in points]


def file_name(kind: str, variant: int) -> str:
    """The name of a picture's file, e.g. `villa-3.webp`."""
    return f"{kind}-{variant % VARIANTS}.webp"


def draw(kind: str, variant: int) -> bytes:
    """The picture as WebP. `kind` is one of `KINDS`; variants repeat after `VARIANTS`."""
    chance = Random(f"{kind} {variant % VARIANTS}")  # noqa: S311 - repeatable on purpose
    sheet = Sheet(Image.new("RGB", SIZE, _WHITE))
    _BRUSHES[kind](sheet, chance)
    packed = BytesIO()
    sheet.image.save(packed, "WEBP", quality=72, method=2)
    return packed.getvalue()


def _dark(colour: Colour, share: float = 0.8) -> Colour:
    red, green, blue = (round(part * share) for part in colour)
    return red, green, blue


def _outdoors(sheet: Sheet, chance: Random) -> None:
    sheet.fade(0, 0.78, *chance.choice(_SKIES))
    sheet.disc(chance.uniform(0.1, 0.9), chance.uniform(0.1, 0.22), 0.05, (255, 244, 214))
    green = chance.choice(_GREENS)
    sheet.fade(0.76, 1, green, _dark(green))


def _tree(sheet: Sheet, chance: Random, x: float) -> None:
    green, ground = chance.choice(_GREENS), chance.uniform(0.78, 0.84)
    sheet.box(x - 0.006, ground - 0.16, x + 0.006, ground, (104, 78, 58))
    for dx, dy in ((-0.025, 0.18), (0.025, 0.18), (0, 0.24)):
        sheet.disc(x + dx, ground - dy, 0.062, green)


def _windows(sheet: Sheet, area: tuple[float, float, float, float], columns: int, rows: int, glass: Colour) -> None:
    left, top, right, bottom = area
    wide, high = (right - left) / columns, (bottom - top) / rows
    for column in range(columns):
        for row in range(rows):
            x, y = left + column * wide, top + row * high
            sheet.box(x + wide * 0.16, y + high * 0.18, x + wide * 0.84, y + high * 0.8, _WHITE)
            sheet.box(x + wide * 0.21, y + high * 0.24, x + wide * 0.79, y + high * 0.74, glass)


def _block(sheet: Sheet, chance: Random, left: float, right: float, storeys: int, high: float) -> None:
    """A building of storeys with a door, standing on the ground line."""
    wall, trim, glass = chance.choice(_WALLS), chance.choice(_TRIMS), chance.choice(_GLASS)
    top = 0.82 - storeys * high
    sheet.box(left, top, right, 0.82, wall)
    sheet.box(left - 0.012, top - 0.02, right + 0.012, top + 0.01, trim)
    _windows(sheet, (left, top + 0.02, right, 0.82 - high * 0.3), max(2, round((right - left) * 11)), storeys, glass)
    for storey in range(1, storeys):
        sheet.box(left, 0.82 - storey * high, right, 0.826 - storey * high, _dark(wall))
    middle = (left + right) / 2
    sheet.box(middle - 0.03, 0.82 - min(high, 0.14), middle + 0.03, 0.82, trim)


def _house(sheet: Sheet, chance: Random) -> None:
    _outdoors(sheet, chance)
    left, right = chance.uniform(0.2, 0.28), chance.uniform(0.7, 0.78)
    _block(sheet, chance, left, right, 2, 0.19)
    sheet.shape([(left - 0.04, 0.45), ((left + right) / 2, 0.26), (right + 0.04, 0.45)], chance.choice(_TRIMS))
    sheet.shape([(0.46, 0.82), (0.54, 0.82), (0.62, 1), (0.38, 1)], _STONE)
    _tree(sheet, chance, left - 0.1)


def _villa(sheet: Sheet, chance: Random) -> None:
    _outdoors(sheet, chance)
    _block(sheet, chance, 0.14, 0.5, 2, 0.2)
    _block(sheet, chance, 0.5, 0.86, 1, 0.22)
    sheet.box(0.52, 0.88, 0.9, 0.97, (92, 172, 196), rounded=0.04)
    _tree(sheet, chance, 0.92)
    _tree(sheet, chance, 0.07)


def _floors(sheet: Sheet, chance: Random) -> None:
    _outdoors(sheet, chance)
    left, right = chance.uniform(0.28, 0.34), chance.uniform(0.64, 0.72)
    _block(sheet, chance, left, right, 4, 0.15)
    for storey in range(1, 4):
        sheet.box(left - 0.03, 0.79 - storey * 0.15, left + 0.12, 0.81 - storey * 0.15, _STONE)
    _tree(sheet, chance, right + 0.1)


def _tower(sheet: Sheet, chance: Random) -> None:
    _outdoors(sheet, chance)
    _block(sheet, chance, 0.12, 0.3, chance.randint(6, 8), 0.075)
    _block(sheet, chance, 0.36, 0.64, chance.randint(8, 10), 0.072)
    _block(sheet, chance, 0.7, 0.88, chance.randint(5, 8), 0.075)
    for x in (0.07, 0.33, 0.67, 0.94):
        _tree(sheet, chance, x)


def _office(sheet: Sheet, chance: Random) -> None:
    _outdoors(sheet, chance)
    glass = chance.choice(_GLASS)
    sheet.box(0.26, 0.14, 0.74, 0.82, _dark(glass, 0.62))
    _windows(sheet, (0.26, 0.15, 0.74, 0.74), 8, 9, glass)
    sheet.box(0.24, 0.74, 0.76, 0.77, _STONE)
    sheet.box(0.46, 0.77, 0.54, 0.82, _WHITE)
    _tree(sheet, chance, 0.16)


def _shop(sheet: Sheet, chance: Random) -> None:
    _outdoors(sheet, chance)
    sheet.box(0.14, 0.3, 0.86, 0.82, chance.choice(_WALLS))
    sheet.box(0.2, 0.5, 0.8, 0.8, chance.choice(_GLASS))
    cloth = chance.choice(_CLOTHS)
    for stripe in range(12):
        left = 0.17 + stripe * 0.055
        shade = cloth if stripe % 2 else _WHITE
        sheet.shape([(left + 0.01, 0.42), (left + 0.06, 0.42), (left + 0.055, 0.52), (left, 0.52)], shade)
    sheet.box(0.3, 0.33, 0.7, 0.4, _dark(cloth, 0.7), rounded=0.015)
    sheet.box(0, 0.84, 1, 1, _STONE)


def _warehouse(sheet: Sheet, chance: Random) -> None:
    _outdoors(sheet, chance)
    wall = chance.choice(_WALLS)
    sheet.box(0.1, 0.42, 0.9, 0.84, wall)
    sheet.shape([(0.07, 0.43), (0.5, 0.24), (0.93, 0.43)], chance.choice(_TRIMS))
    for door in range(3):
        left = 0.18 + door * 0.24
        sheet.box(left, 0.56, left + 0.16, 0.84, _dark(wall, 0.7))
        for slat in range(6):
            sheet.box(left, 0.58 + slat * 0.045, left + 0.16, 0.586 + slat * 0.045, _dark(wall, 0.58))
    sheet.box(0, 0.84, 1, 1, _STONE)


def _plot(sheet: Sheet, chance: Random) -> None:
    _outdoors(sheet, chance)
    soil = (190, 156, 112)
    sheet.shape([(0.24, 0.8), (0.78, 0.8), (0.98, 1), (0.04, 1)], soil)
    for share in (0.0, 0.25, 0.5, 0.75, 1.0):
        x = 0.24 + share * 0.54
        sheet.box(x - 0.004, 0.7, x + 0.004, 0.81, _WHITE)
    sheet.box(0.24, 0.73, 0.78, 0.738, _WHITE)
    for x in (0.08, 0.16, 0.86, 0.94):
        _tree(sheet, chance, x)


def _indoors(sheet: Sheet, chance: Random) -> None:
    paint, wood = chance.choice(_PAINTS), chance.choice(_WOODS)
    sheet.fade(0, 0.72, _dark(paint, 0.96), paint)
    sheet.fade(0.7, 1, wood, _dark(wood))
    sheet.box(0, 0.69, 1, 0.71, _WHITE)


def _window(sheet: Sheet, chance: Random, left: float, right: float) -> None:
    cloth = chance.choice(_CLOTHS)
    sheet.box(left, 0.14, right, 0.5, _WHITE)
    sheet.box(left + 0.012, 0.16, right - 0.012, 0.48, chance.choice(_GLASS))
    sheet.box((left + right) / 2 - 0.004, 0.16, (left + right) / 2 + 0.004, 0.48, _WHITE)
    sheet.box(left - 0.04, 0.11, left + 0.02, 0.6, cloth)
    sheet.box(right - 0.02, 0.11, right + 0.04, 0.6, cloth)


def _hall(sheet: Sheet, chance: Random) -> None:
    _indoors(sheet, chance)
    _window(sheet, chance, 0.1, 0.36)
    cloth = chance.choice(_CLOTHS)
    sheet.box(0.46, 0.5, 0.92, 0.72, _dark(cloth), rounded=0.03)
    sheet.box(0.44, 0.62, 0.94, 0.8, cloth, rounded=0.03)
    sheet.box(0.58, 0.2, 0.8, 0.38, _dark(chance.choice(_GREENS)))
    sheet.box(0.5, 0.86, 0.82, 0.9, chance.choice(_WOODS), rounded=0.01)
    sheet.disc(0.2, 0.78, 0.06, chance.choice(_GREENS))


def _bedroom(sheet: Sheet, chance: Random) -> None:
    _indoors(sheet, chance)
    _window(sheet, chance, 0.66, 0.9)
    sheet.box(0.14, 0.4, 0.58, 0.66, chance.choice(_WOODS), rounded=0.03)
    sheet.box(0.12, 0.6, 0.6, 0.84, _WHITE, rounded=0.03)
    sheet.box(0.12, 0.68, 0.6, 0.86, chance.choice(_CLOTHS), rounded=0.03)
    for left in (0.18, 0.38):
        sheet.box(left, 0.54, left + 0.15, 0.64, _WHITE, rounded=0.03)


def _kitchen(sheet: Sheet, chance: Random) -> None:
    _indoors(sheet, chance)
    front = chance.choice(_CLOTHS)
    for unit in range(5):
        left = 0.08 + unit * 0.17
        sheet.box(left, 0.12, left + 0.16, 0.34, front, rounded=0.01)
        sheet.box(left, 0.6, left + 0.16, 0.86, _dark(front), rounded=0.01)
        sheet.box(left + 0.06, 0.63, left + 0.1, 0.64, _WHITE)
    sheet.box(0.06, 0.56, 0.95, 0.6, _dark(_STONE, 0.5))
    sheet.shape([(0.44, 0.34), (0.56, 0.34), (0.6, 0.44), (0.4, 0.44)], _STONE)


def _bathroom(sheet: Sheet, chance: Random) -> None:
    _indoors(sheet, chance)
    tile = chance.choice(_GLASS)
    for column in range(12):
        for row in range(4):
            left, top = column / 12, 0.34 + row * 0.09
            sheet.box(left + 0.003, top + 0.004, left + 1 / 12 - 0.003, top + 0.086, tile)
    sheet.box(0.12, 0.62, 0.54, 0.84, _WHITE, rounded=0.06)
    sheet.box(0.66, 0.56, 0.88, 0.62, _WHITE, rounded=0.02)
    sheet.box(0.74, 0.62, 0.8, 0.84, _WHITE)
    sheet.disc(0.77, 0.24, 0.12, (206, 222, 230))


def _balcony(sheet: Sheet, chance: Random) -> None:
    _outdoors(sheet, chance)
    _block(sheet, chance, 0.62, 0.78, 5, 0.08)
    _tree(sheet, chance, 0.24)
    _tree(sheet, chance, 0.44)
    sheet.fade(0.84, 1, chance.choice(_WOODS), _STONE)
    for rail in range(24):
        sheet.box(rail / 24 + 0.016, 0.6, rail / 24 + 0.022, 0.86, (78, 82, 88))
    sheet.box(0, 0.58, 1, 0.605, (60, 64, 70))


def _workroom(sheet: Sheet, chance: Random) -> None:
    _indoors(sheet, chance)
    _window(sheet, chance, 0.3, 0.7)
    for left in (0.08, 0.4, 0.72):
        sheet.box(left, 0.64, left + 0.22, 0.67, chance.choice(_WOODS))
        sheet.box(left + 0.01, 0.67, left + 0.02, 0.86, (70, 74, 80))
        sheet.box(left + 0.2, 0.67, left + 0.21, 0.86, (70, 74, 80))
        sheet.box(left + 0.06, 0.52, left + 0.16, 0.62, (44, 48, 54), rounded=0.01)


_BRUSHES: dict[str, Brush] = {
    "house": _house, "villa": _villa, "floors": _floors, "tower": _tower, "office": _office, "shop": _shop,
    "warehouse": _warehouse, "plot": _plot, "hall": _hall, "bedroom": _bedroom, "kitchen": _kitchen,
    "bathroom": _bathroom, "balcony": _balcony, "workroom": _workroom,
}  # fmt: skip
KINDS = tuple(_BRUSHES)
