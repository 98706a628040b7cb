"""The drawn pictures of demo listings, as files below MEDIA_ROOT."""

import os
from itertools import product
from pathlib import Path

from django.conf import settings

from apps.properties.models import Property, PropertyImage
from apps.properties.rules import pictures
from ghar.errors import BadRequest
from ghar.progress import Progress

FOLDER = "demo"
ADDRESSES = f"/media/{FOLDER}/"
"""Where the addresses of the drawn pictures begin, after the base of the platform."""


class PicturesNotWritten(BadRequest):
    """The folder of media files cannot be written."""

    code = "MEDIA_NOT_WRITABLE"


def system_draw_demo_pictures(progress: Progress) -> int:
    """Draw the pictures that are not there yet; answers how many. Raises PicturesNotWritten."""
    wanted = [(kind, variant) for kind, variant in product(pictures.KINDS, range(pictures.VARIANTS))]
    missing = [picture for picture in wanted if not (_folder() / pictures.file_name(*picture)).exists()]
    try:
        _folder().mkdir(parents=True, exist_ok=True)
        for kind, variant in progress.each("Pictures", missing):
            _write(_folder() / pictures.file_name(kind, variant), pictures.draw(kind, variant))
    except OSError as wrong:
        raise PicturesNotWritten(f"{_folder()} cannot be written: {wrong.strerror}.") from wrong
    return len(missing)


def system_remove_demo_pictures() -> int:
    """Delete the drawn pictures that no listing shows any more; answers how many."""
    shown: set[str | None] = set(
        PropertyImage.objects.filter(image_url__contains=ADDRESSES).values_list("image_url", flat=True)
    )
    shown |= set(Property.objects.filter(main_image_url__contains=ADDRESSES).values_list("main_image_url", flat=True))
    names = {str(url).rpartition("/")[2] for url in shown}
    unused = [file for file in _folder().glob("*") if file.is_file() and file.name not in names]
    for file in unused:
        file.unlink(missing_ok=True)
    if _folder().exists() and not any(_folder().iterdir()):
        _folder().rmdir()
    return len(unused)


def _folder() -> Path:
    return Path(settings.MEDIA_ROOT) / FOLDER


def _write(file: Path, data: bytes) -> None:
    """Under another name first, so that a picture is whole or not there."""
    unfinished = file.with_suffix(f".{os.getpid()}.part")
    unfinished.write_bytes(data)
    unfinished.replace(file)
