"""What can be called: the address table, as the operations and pages in it describe themselves."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

from ghar.api.views import Operation, View

Entries = Sequence[URLPattern | URLResolver]


@dataclass(frozen=True)
class Address:
    """One method of one address. `operation` is None for a page, which is a plain function."""

    method: str
    path: str
    area: str
    meaning: str
    operation: Operation | None = None


def addresses() -> list[Address]:
    """Every address of the platform but the staff admin's, in the order of the table."""
    return [address for path, entry in _patterns(get_resolver().url_patterns) for address in _described(path, entry)]


def _patterns(entries: Entries, prefix: str = "/") -> Iterator[tuple[str, URLPattern]]:
    for entry in entries:
        path = prefix + str(entry.pattern)
        if isinstance(entry, URLPattern):
            yield path, entry
        elif entry.app_name != "admin":
            yield from _patterns(entry.url_patterns, path)


def _described(path: str, pattern: URLPattern) -> Iterator[Address]:
    view = getattr(pattern.callback, "cls", None)
    if view is not None and issubclass(view, View):
        for name, declared in view.operations().items():
            yield Address(name.upper(), path, _area(view), _meaning(getattr(view, name)), declared)
    elif pattern.callback is not None:
        yield Address("GET", path, _area(pattern.callback), _meaning(pattern.callback))


def _area(view: Any) -> str:
    top, _, rest = view.__module__.partition(".")
    return rest.split(".")[0] if top == "apps" else "platform"


def _meaning(view: Callable[..., Any]) -> str:
    return (view.__doc__ or "").strip().split("\n")[0]
