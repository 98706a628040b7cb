"""Which pictures a listing has, in which order. Pure."""

from collections.abc import Iterable

MOST = 50
SCHEMES = ("http://", "https://")


def is_address(url: str) -> bool:
    """May it be shown to others? Phones also send the places of files that only they have."""
    return url.lower().startswith(SCHEMES)


def arrange(urls: Iterable[str], main: str | None) -> list[str]:
    """The addresses among them, each once, in their order; the main one is there too, first when it was missing."""
    kept = list(dict.fromkeys(url for url in urls if is_address(url)))
    return [main, *kept] if main and main not in kept else kept


def main_of(urls: list[str], main: str | None) -> str | None:
    """The one that stands for the listing: the one that was named, else the first."""
    return main or next(iter(urls), None)
