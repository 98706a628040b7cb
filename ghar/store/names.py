"""Names of files that harm nobody, whatever they were called."""

import re
import unicodedata

MOST_BYTES = 150
_NEVER = re.compile(r'[\x00-\x1f\x7f<>:"|?*]')


def safe(name: str) -> str:
    """The name as one part of a path: no folders, no control characters, not hidden, not endless.

    `../a.txt` is `a.txt`, `.profile` is `_.profile`, and what has no name is `file`.
    """
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", name))[-1]
    clean = _NEVER.sub("_", last).encode(errors="replace").decode().strip().rstrip(".")
    if clean.startswith("."):
        clean = f"_{clean}"
    return _shortened(clean) or "file"


def numbered(name: str, mark: str) -> str:
    """The same with a mark before what kind of file it is: `a.txt` and `1` are `a.1.txt`."""
    stem, dot, kind = name.rpartition(".")
    return f"{stem}.{mark}.{kind}" if dot else f"{name}.{mark}"


def _shortened(name: str) -> str:
    """At most so many bytes, and still of its kind."""
    stem, dot, kind = name.rpartition(".")
    if len(name.encode()) <= MOST_BYTES:
        return name
    end = f".{kind}".encode() if dot and len(kind.encode()) <= 20 else b""
    return ((stem if end else name).encode()[: MOST_BYTES - len(end)]).decode(errors="ignore") + end.decode()
