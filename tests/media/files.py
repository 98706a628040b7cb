"""Files of every kind that clients send, made here."""

import struct
import zipfile
import zlib
from io import BytesIO
from typing import Any

import pillow_heif
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from tests.support.png import SIGNATURE, chunk

pillow_heif.register_heif_opener()
HERE = {1: "N", 2: (28.0, 27.0, 34.0), 3: "E", 4: (77.0, 1.0, 35.0)}
"""A position, as cameras write it."""


def picture(form: str = "JPEG", size: tuple[int, int] = (60, 40), *, position: bool = False, **options: Any) -> bytes:
    """A picture whose left half is red and whose right half is blue."""
    image = Image.new("RGB", size, "red")
    image.paste("blue", (size[0] // 2, 0, size[0], size[1]))
    target, exif = BytesIO(), Image.Exif()
    if position:
        exif[0x0110] = "Camera of somebody"
        exif.get_ifd(0x8825).update(HERE)
    image.save(target, form, exif=exif.tobytes(), **options)
    return target.getvalue()


def lying(size: tuple[int, int] = (60, 40)) -> bytes:
    """A picture that was taken with the camera on its side."""
    exif = Image.Exif()
    exif[0x0112] = 6
    target = BytesIO()
    Image.new("RGB", size, "green").save(target, "JPEG", exif=exif.tobytes())
    return target.getvalue()


def with_preview(form: str, preview: tuple[int, int], size: tuple[int, int] = (60, 40)) -> bytes:
    """A green picture as cameras write it, taken on its side, with a further picture (red) in the same file.

    `form` is "MPO" (a JPEG with previews) or "HEIF".
    """
    exif = Image.Exif()
    exif[0x0112] = 6
    target = BytesIO()
    further = Image.new("RGB", preview, "red")
    Image.new("RGB", size, "green").save(
        target, form, save_all=True, append_images=[further], exif=exif.tobytes(), primary_index=0
    )
    return target.getvalue()


def moving(frames: int = 3) -> bytes:
    """An animated GIF."""
    images = [Image.new("RGB", (20, 10), colour) for colour in ("red", "green", "blue")] * frames
    target = BytesIO()
    images[0].save(target, "GIF", save_all=True, append_images=images[1:frames], duration=100, loop=0)
    return target.getvalue()


def bomb(width: int, height: int) -> bytes:
    """A small PNG that says it is huge."""
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    body = zlib.compress(b"\0" * 1000)
    return SIGNATURE + chunk(b"IHDR", header) + chunk(b"IDAT", body) + chunk(b"IEND", b"")


def word() -> bytes:
    """The skeleton of a Word document."""
    target = BytesIO()
    with zipfile.ZipFile(target, "w") as inside:
        inside.writestr("[Content_Types].xml", "<Types/>")
        inside.writestr("word/document.xml", "<w/>")
    return target.getvalue()


def crowded() -> bytes:
    """A Word document that says it holds thousands of other files."""
    target = BytesIO()
    with zipfile.ZipFile(target, "w") as inside:
        inside.writestr("word/document.xml", "<w/>")
        for number in range(5000):
            inside.writestr(f"{number:030}", "")
    return target.getvalue()


def archive() -> bytes:
    """A ZIP archive of something else."""
    target = BytesIO()
    with zipfile.ZipFile(target, "w") as inside:
        inside.writestr("index.html", "<script>")
    return target.getvalue()


MP4 = b"\0\0\0\x18ftypisom\0\0\0\0isomiso2" + b"\0" * 100
MOV = b"\0\0\0\x14ftypqt  \0\0\0\0qt  " + b"\0" * 100
PDF = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\nendobj\n"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def sent(data: bytes, name: str = "photo.jpg", kind: str = "image/jpeg") -> SimpleUploadedFile:
    """A file in a form."""
    return SimpleUploadedFile(name, data, content_type=kind)
