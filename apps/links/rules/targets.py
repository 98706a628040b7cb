"""Where a share page may send people on to. Pure."""

from collections.abc import Iterable
from urllib.parse import urlsplit

WEB = ("http", "https")


def allowed(wanted: str | None, bases: Iterable[str]) -> str | None:
    """The wanted address if it is a web address of one of our own hosts, else None.

    Browsers read a backslash as a slash and drop control characters, so an address with either is none.
    """
    if not wanted or "\\" in wanted or not wanted.isprintable() or " " in wanted:
        return None
    try:
        parts = urlsplit(wanted)
        known = parts.scheme in WEB and parts.netloc.lower() in {urlsplit(base).netloc.lower() for base in bases}
    except ValueError:
        return None
    return wanted if known and parts.netloc else None
