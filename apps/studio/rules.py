"""Pictures that people send along: read, made upright and small, without what a camera notes. Pure."""

import base64
import binascii
from io import BytesIO

from PIL import Image, ImageOps

from ghar import pictures
from ghar.pictures import NotAPicture

MOST_BYTES = 8 * 1024 * 1024
MOST_CHARACTERS = MOST_BYTES * 4 // 3 + 200
"""Of a picture in base64, with the beginning of a data URL."""
MOST_PIXELS = 40_000_000
_EDGE = 2048
_QUALITY = 90
_FORMATS = ("JPEG", "PNG", "WEBP")


def prepared(text: str) -> bytes:
    """A picture in base64 (a data URL as well) as a JPEG of at most 2048 pixels a side.

    It is encoded anew, so where and with what it was taken goes to nobody. Raises NotAPicture, TooManyPixels.
    """
    with pictures.opened(BytesIO(_decoded(text)), formats=_FORMATS, most_pixels=MOST_PIXELS) as picture:
        return _as_jpeg(picture)


def _decoded(text: str) -> bytes:
    encoded = text.partition(",")[2] if text.startswith("data:") else text
    try:
        return base64.b64decode("".join(encoded.split()), validate=True)
    except (binascii.Error, ValueError) as wrong:
        raise NotAPicture from wrong


def _as_jpeg(picture: Image.Image) -> bytes:
    upright = ImageOps.exif_transpose(picture).convert("RGB")
    upright.thumbnail((_EDGE, _EDGE))
    kept = BytesIO()
    upright.save(kept, "JPEG", quality=_QUALITY)
    return kept.getvalue()
