"""Pictures: what comes in is decoded, turned upright and written anew, so nothing but the picture is kept.

No position, no camera, no text behind the picture survives. Sizes are looked at before anything is decoded.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from typing import BinaryIO

import pillow_heif
from PIL import Image, ImageOps, ImageSequence

from apps.media.rules import blurhash
from ghar import pictures
from ghar.pictures import TooManyPixels

MOST_FRAMES = 300
MOST_MOVING_PIXELS = 64_000_000
MOVING_EDGE = 1024
THUMBNAIL_EDGE = 512
AVATAR_EDGE, PANORAMA_EDGE, USUAL_EDGE = 512, 8192, 2048
_FORMATS = ("JPEG", "PNG", "GIF", "WEBP", "AVIF", "HEIF")
_MOVING = ("GIF", "WEBP", "PNG", "AVIF")
"""Formats whose further pictures are frames. Those of a JPEG or HEIC file are previews and depths of the first."""

pillow_heif.register_heif_opener()


@dataclass(frozen=True)
class Picture:
    """An encoded picture."""

    data: bytes
    mime_type: str
    width: int
    height: int


def edge_for(folder_type: str) -> int:
    """How long the longer edge of a stored picture is at most."""
    return {"avatar": AVATAR_EDGE, "scene": PANORAMA_EDGE}.get(folder_type, USUAL_EDGE)


def stored(file: BinaryIO, *, edge: int, quality: int) -> Picture:
    """What is kept of an uploaded picture: WebP, upright, within `edge`. Raises NotAPicture, TooManyPixels."""
    with _opened(file, edge) as image:
        if _frames(image) > 1:
            return _moving(image, min(edge, MOVING_EDGE), quality)
        return _encoded(_upright(image, edge), "WEBP", quality=quality, method=4)


def rendered(file: BinaryIO) -> tuple[Picture, Picture | None, str]:
    """Of a stored picture the thumbnail, the AVIF (none of a moving one) and the blurhash. Raises NotAPicture."""
    with _opened(file, THUMBNAIL_EDGE) as image:
        is_moving = _frames(image) > 1
        whole = _upright(image, max(image.size))
    small = whole.copy()
    small.thumbnail((THUMBNAIL_EDGE, THUMBNAIL_EDGE), Image.Resampling.LANCZOS)
    thumbnail = _encoded(small, "WEBP", quality=75, method=4)
    avif = None if is_moving else _encoded(whole, "AVIF", quality=55, speed=8, max_threads=1)
    small.thumbnail((32, 32))
    return thumbnail, avif, blurhash.of(small.convert("RGB"))


@contextmanager
def _opened(file: BinaryIO, edge: int) -> Iterator[Image.Image]:
    with pictures.opened(file, formats=_FORMATS) as image:
        _insist_on_few_frames(image)
        image.draft("RGB", (edge, edge))  # a JPEG is decoded no larger than needed
        yield image


def _insist_on_few_frames(image: Image.Image) -> None:
    frames = _frames(image)
    if frames > 1 and (frames > MOST_FRAMES or frames * image.width * image.height > MOST_MOVING_PIXELS):
        raise TooManyPixels


def _frames(image: Image.Image) -> int:
    """How many pictures are shown one after the other."""
    return getattr(image, "n_frames", 1) if image.format in _MOVING else 1


def _upright(image: Image.Image, edge: int) -> Image.Image:
    turned = ImageOps.exif_transpose(image)
    colours = _in_colours(turned)
    colours.thumbnail((edge, edge), Image.Resampling.LANCZOS)
    return colours


def _in_colours(image: Image.Image) -> Image.Image:
    """Red, green and blue, with transparency where there is any."""
    has_alpha = image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info
    profile = image.info.get("icc_profile") if image.mode in ("RGB", "RGBA") else None
    copy = image.convert("RGBA" if has_alpha else "RGB")
    copy.info = {"icc_profile": profile} if profile else {}
    return copy


def _encoded(image: Image.Image, form: str, **options: int) -> Picture:
    target = BytesIO()
    profile = image.info.get("icc_profile")
    image.save(target, form, exif=b"", **({"icc_profile": profile} if profile else {}), **options)
    return Picture(target.getvalue(), f"image/{form.lower()}", image.width, image.height)


def _moving(image: Image.Image, edge: int, quality: int) -> Picture:
    frames, times = [], []
    for frame in ImageSequence.Iterator(image):
        copy = frame.convert("RGBA")
        copy.thumbnail((edge, edge))
        frames.append(copy)
        times.append(max(20, int(frame.info.get("duration") or 100)))
    target = BytesIO()
    loop = int(image.info.get("loop", 0) or 0)
    frames[0].save(
        target, "WEBP", save_all=True, append_images=frames[1:], duration=times, loop=loop, quality=quality, method=2
    )
    return Picture(target.getvalue(), "image/webp", frames[0].width, frames[0].height)
