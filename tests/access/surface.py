"""Everything that can be called over HTTP, found by walking the address table, with what it declares."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.urls import URLPattern, URLResolver
from django.urls.converters import get_converters

from ghar.api.access import Access
from ghar.api.views import View

PLATFORM_PAGES = {
    "": Access.PUBLIC,
    "health": Access.PUBLIC,
    "health/live": Access.PUBLIC,
    "health/ready": Access.PUBLIC,
    "ready": Access.PUBLIC,
    "config": Access.PUBLIC,
    "api/v1/health": Access.PUBLIC,
    "api/v1/ready": Access.PUBLIC,
    "metrics": Access.KEYED,
    "openapi.json": Access.PUBLIC,
    "api/v1/openapi.json": Access.PUBLIC,
    "api/v1/openapi.yaml": Access.PUBLIC,
    "docs": Access.PUBLIC,
    "api/v1/docs": Access.PUBLIC,
    "redoc": Access.PUBLIC,
    "api/v1/redoc": Access.PUBLIC,
    "reference": Access.PUBLIC,
    "admin": Access.PUBLIC,  # leads to the screens, which ask who comes
    "media/<path:path>": Access.PUBLIC,
    "api/v1/upload/files/<uuid:media_id>/<str:name>": Access.KEYED,
    "robots.txt": Access.PUBLIC,
    "sitemap.xml": Access.PUBLIC,
    "sitemap-<str:section>.xml": Access.PUBLIC,
    "feeds/newest.rss": Access.PUBLIC,
    "feeds/newest.atom": Access.PUBLIC,
    "share/properties/<int:property_id>/card.jpg": Access.PUBLIC,
    "p/<path:identifier>": Access.PUBLIC,
    "property/<path:identifier>": Access.PUBLIC,
    "estate/apply/<path:identifier>": Access.PUBLIC,
    "estate/property/<path:identifier>": Access.PUBLIC,
    "estate/task/<path:identifier>": Access.PUBLIC,
    "estate/tenant/<path:identifier>": Access.PUBLIC,
    "estate/lease/<path:identifier>": Access.PUBLIC,
    "flatmates/listing/<path:identifier>": Access.PUBLIC,
    "flatmates/chat/<path:identifier>": Access.PUBLIC,
    "stays/listing/<path:identifier>": Access.PUBLIC,
    "stays/chat/<path:identifier>": Access.PUBLIC,
}
"""The pages that are plain functions, each with its declaration. Whoever adds one declares it here."""

_SAMPLES = {
    "int": 987654321,
    "str": "nothing-of-that-name",
    "slug": "nothing-of-that-name",
    "path": "nothing/of/that/name",
    "uuid": UUID("00000000-0000-4000-8000-000000000000"),
}
_PARAMETER = re.compile(r"<(?:(\w+):)?(\w+)>")


@dataclass(frozen=True)
class Call:
    """One method of one address, and who may use it. `name` is the operation's; a page has its route."""

    method: str
    route: str
    access: Access
    name: str

    @property
    def path(self) -> str:
        """The address with something plausible for each parameter."""
        return f"/{filled(self.route)}"

    def __str__(self) -> str:
        return f"{self.method} /{self.route}"


def filled(route: str) -> str:
    """A route with something plausible for each parameter."""
    return _PARAMETER.sub(lambda found: _sample(found[1] or "str"), route)


def _sample(converter: str) -> str:
    return get_converters()[converter].to_url(_SAMPLES[converter])


def patterns(found: Sequence[URLPattern | URLResolver], prefix: str = "") -> Iterator[tuple[str, URLPattern]]:
    """Every address as (route, pattern), without the staff admin, whose screens declare themselves."""
    for entry in found:
        if isinstance(entry, URLPattern):
            yield prefix + str(entry.pattern), entry
        elif entry.app_name != "admin":
            yield from patterns(entry.url_patterns, prefix + str(entry.pattern))


def calls(found: Sequence[URLPattern | URLResolver]) -> list[Call]:
    """Every declared call."""
    return [call for route, pattern in patterns(found) for call in _calls_of(route, view_of(pattern))]


def _calls_of(route: str, view: Any) -> Iterator[Call]:
    if view is not None:
        for method, declared in view.operations().items():
            yield Call(method.upper(), route, declared.access, declared.name)
    elif route in PLATFORM_PAGES:
        yield Call("GET", route, PLATFORM_PAGES[route], route)


def view_of(pattern: URLPattern) -> type[View] | None:
    """The view of operations behind an address; None for a plain function or a foreign view."""
    view = getattr(pattern.callback, "cls", None)
    return view if isinstance(view, type) and issubclass(view, View) else None


def undeclared(found: Sequence[URLPattern | URLResolver]) -> list[str]:
    """Addresses that say nothing about who may use them."""
    return [
        f"/{route} is neither a view of operations nor declared in PLATFORM_PAGES"
        for route, pattern in patterns(found)
        if route not in PLATFORM_PAGES and not _declares(view_of(pattern))
    ]


def _declares(view: type[View] | None) -> bool:
    return view is not None and bool(view.operations())


def gone(found: Sequence[URLPattern | URLResolver]) -> list[str]:
    """Declared pages that are no longer there."""
    return sorted(PLATFORM_PAGES.keys() - {route for route, _ in patterns(found)})
