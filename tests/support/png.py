"""PNG files, put together of their parts."""

import struct
import zlib

SIGNATURE = b"\x89PNG\r\n\x1a\n"
_HEAD = len(SIGNATURE) + 25
"""Bytes of the signature and the first part, which says how large the picture is."""


def chunk(kind: bytes, data: bytes) -> bytes:
    """One part."""
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def with_chunks(picture: bytes, *chunks: bytes) -> bytes:
    """A PNG with further parts, behind its head."""
    return picture[:_HEAD] + b"".join(chunks) + picture[_HEAD:]


def headless(picture: bytes) -> bytes:
    """A PNG whose head ends too soon."""
    return SIGNATURE + chunk(b"IHDR", b"\0" * 5) + picture[_HEAD:]
