"""What a file is, by its first bytes: names and declared types are only what a client says."""

import os
import struct
import zipfile
from typing import BinaryIO

HEAD = 4096
"""Bytes that tell what a file is."""

_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
IMAGES = frozenset({"image/jpeg", "image/png", "image/webp", "image/gif", "image/heic", "image/avif"})
AUDIO = frozenset({"audio/mpeg", "audio/wav", "audio/ogg", "audio/webm", "audio/aac", "audio/mp4"})
VIDEO = frozenset({"video/mp4", "video/webm", "video/quicktime", "video/x-matroska", "video/ogg"})
DOCUMENTS = frozenset({"application/pdf", "application/msword", _WORD})
_ALIASES = {
    "image/jpg": "image/jpeg", "image/pjpeg": "image/jpeg", "image/heif": "image/heic",
    "image/heic-sequence": "image/heic", "image/heif-sequence": "image/heic", "audio/mp3": "audio/mpeg",
    "audio/x-wav": "audio/wav", "audio/wave": "audio/wav", "audio/vnd.wave": "audio/wav", "audio/x-aac": "audio/aac",
    "audio/aacp": "audio/aac", "audio/m4a": "audio/mp4", "audio/x-m4a": "audio/mp4", "application/ogg": "audio/ogg",
    "video/matroska": "video/x-matroska",
}  # fmt: skip
_BY_EXTENSION = {
    "jpg": "image/jpeg", "jpeg": "image/jpeg", "png": "image/png", "webp": "image/webp", "gif": "image/gif",
    "heic": "image/heic", "heif": "image/heic", "avif": "image/avif", "mp4": "video/mp4", "webm": "video/webm",
    "mov": "video/quicktime", "mkv": "video/x-matroska", "ogv": "video/ogg", "mp3": "audio/mpeg", "wav": "audio/wav",
    "ogg": "audio/ogg", "aac": "audio/aac", "m4a": "audio/mp4", "pdf": "application/pdf", "doc": "application/msword",
    "docx": _WORD,
}  # fmt: skip
_STARTS = (
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
    (b"%PDF-", "application/pdf"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "application/msword"),
    (b"ID3", "audio/mpeg"),
)
_BRANDS = {
    b"avif": "image/avif", b"avis": "image/avif", b"heic": "image/heic", b"heix": "image/heic", b"hevc": "image/heic",
    b"heim": "image/heic", b"heis": "image/heic", b"mif1": "image/heic", b"msf1": "image/heic",
    b"qt  ": "video/quicktime", b"M4A ": "audio/mp4", b"M4B ": "audio/mp4",
}  # fmt: skip
_TAIL, _MOST_DIRECTORY = 65_557, 256 * 1024
_QUICKTIME = frozenset({b"moov", b"mdat", b"free", b"wide", b"skip"})


def named(declared: str | None, extension: str) -> str | None:
    """The type that a client says a file has, by its own word or by its name; None when it says nothing."""
    kind = (declared or "").partition(";")[0].strip().lower()
    if kind in ("", "application/octet-stream", "binary/octet-stream"):
        return _BY_EXTENSION.get(extension)
    return _ALIASES.get(kind, kind)


def allowed(*, documents: bool) -> frozenset[str]:
    """The types that may be stored; documents only where they belong."""
    return IMAGES | AUDIO | VIDEO | (DOCUMENTS if documents else frozenset())


def agree(said: str | None, found: str) -> bool:
    """Is a file of the class that the client says? A film's and a sound's containers are the same."""
    return said is None or _class(said) == _class(found)


def _class(kind: str) -> str:
    if kind in DOCUMENTS:
        return "document"
    return "media" if kind in AUDIO | VIDEO else kind.partition("/")[0]


def of(file: BinaryIO) -> str | None:
    """The type of a file's content, None for one that is not known here."""
    file.seek(0)
    head = file.read(HEAD)
    if head[:4] == b"PK\x03\x04":
        return _WORD if _is_word(file) else None
    known = next((kind for start, kind in _STARTS if head.startswith(start)), None)
    return known or _riff(head) or _mp4(head) or _matroska(head) or _ogg(head) or _mpeg_audio(head)


def _is_word(file: BinaryIO) -> bool:
    if not _has_short_directory(file):
        return False
    file.seek(0)
    try:
        with zipfile.ZipFile(file) as inside:
            return "word/document.xml" in inside.namelist()
    except (zipfile.BadZipFile, ValueError, OSError):
        return False


def _has_short_directory(file: BinaryIO) -> bool:
    """An archive's list of names is read whole, so a million names would cost a lot; documents have a few dozen."""
    file.seek(0, os.SEEK_END)
    file.seek(max(0, file.tell() - _TAIL))
    tail = file.read()
    at = tail.rfind(b"PK\x05\x06")
    if at < 0 or len(tail) < at + 22 or b"PK\x06\x07" in tail:  # the second would point to another, longer list
        return False
    (size,) = struct.unpack_from("<L", tail, at + 12)
    return bool(size <= _MOST_DIRECTORY)


def _riff(head: bytes) -> str | None:
    return {b"WEBP": "image/webp", b"WAVE": "audio/wav"}.get(head[8:12]) if head[:4] == b"RIFF" else None


def _mp4(head: bytes) -> str | None:
    if head[4:8] in _QUICKTIME:
        return "video/quicktime"
    if head[4:8] != b"ftyp":
        return None
    major = head[8:12]
    if major in (b"mif1", b"msf1") and b"avif" in head[16:64]:
        return "image/avif"
    return _BRANDS.get(major, "video/mp4")


def _matroska(head: bytes) -> str | None:
    if head[:4] != b"\x1a\x45\xdf\xa3":
        return None
    return "video/webm" if b"webm" in head[:64] else "video/x-matroska"


def _ogg(head: bytes) -> str | None:
    if head[:4] != b"OggS":
        return None
    return "video/ogg" if b"theora" in head[:128] else "audio/ogg"


def _mpeg_audio(head: bytes) -> str | None:
    """A frame's eleven set bits; layer 0 is AAC's."""
    if len(head) < 4 or head[0] != 0xFF or head[1] & 0xE0 != 0xE0:
        return None
    if head[1] & 0x06 == 0:
        return "audio/aac" if head[1] & 0xF0 == 0xF0 else None
    return "audio/mpeg" if head[2] & 0xF0 != 0xF0 and head[2] & 0x0C != 0x0C else None
