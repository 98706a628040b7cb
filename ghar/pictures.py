"""Pictures from outside, opened: whatever Pillow's decoders raise at broken ones is one error here."""

import struct
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import BinaryIO

from PIL import Image, UnidentifiedImageError

MOST_PIXELS = 64_000_000
"""A telephone's 48 megapixels and a panorama of 11,000 by 5,500 pass."""
_BROKEN = (
    OSError, SyntaxError, ValueError, EOFError, KeyError, IndexError, TypeError, RuntimeError, OverflowError,
    struct.error, UnidentifiedImageError,
)  # fmt: skip
_DECODERS = threading.BoundedSemaphore(2)  # a decoded picture takes up to 256 MB, whoever sends it


class NotAPicture(ValueError):
    """It cannot be decoded."""


class TooManyPixels(ValueError):
    """Decoded, it would be larger than we let a picture be."""


@contextmanager
def opened(
    file: BinaryIO, *, formats: tuple[str, ...] | None = None, most_pixels: int = MOST_PIXELS
) -> Iterator[Image.Image]:
    """A picture of one of Pillow's `formats` (all without them) that may be decoded, a few at a time in one process.

    Whatever happens to it belongs inside the `with`, since most of a file is read only then. Raises NotAPicture,
    TooManyPixels.
    """
    file.seek(0)
    try:
        with _DECODERS, Image.open(file, formats=formats) as image:
            _insist_on_pixels(image, most_pixels)
            yield image
    except (TooManyPixels, NotAPicture):
        raise
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as bomb:
        raise TooManyPixels from bomb
    except _BROKEN as broken:
        raise NotAPicture from broken


def _insist_on_pixels(image: Image.Image, most: int) -> None:
    if not 0 < image.width * image.height <= most:
        raise TooManyPixels
