"""Routes found by the segments they begin with, so that finding one costs the same however many there are.

Django tries routes one after another, each a regular expression: a listing stood behind a hundred others, a tenth of
what its answer cost. Here a path is compared with the few routes that it can belong to. Those are tried by Django
itself, in the order in which they were written, so every address leads where it did.
"""

from collections.abc import Sequence
from functools import cached_property
from itertools import takewhile

from django.urls import ResolverMatch, URLPattern, URLResolver
from django.urls.resolvers import RoutePattern

DEPTH = 3
"""Segments that routes are found by, such as `api/v1/properties`."""
WITHIN_A_SEGMENT = ("<int:", "<str:", "<slug:", "<uuid:")
"""What never stands for a slash."""

Entry = URLPattern | URLResolver
Shelf = tuple[int, str]
"""How many segments a path has, and its first ones."""
Place = str | Shelf
"""Where a route stands: at its one path, or at the shelf of all its paths."""


class Routes(URLResolver):
    """All routes of the platform as one entry of `urlpatterns`."""

    def __init__(self, entries: Sequence[Entry]) -> None:
        super().__init__(RoutePattern(""), list(entries))

    def resolve(self, path: str) -> ResolverMatch:
        """The match of the first route that fits; one by one where nothing stands. Raises Resolver404."""
        for route in self._places.get(path) or self._places.get(_shelf(path)) or ():
            if (match := route.resolve(path)) is not None:
                return match
        return super().resolve(path)

    @cached_property
    def _places(self) -> dict[Place, list[Entry]]:
        """The few routes that a path of each place can belong to, up to the first that includes others."""
        return {place: self._serving(place) for entry in self.url_patterns if (place := _place(entry)) is not None}

    def _serving(self, place: Place) -> list[Entry]:
        serving = (entry for entry in self.url_patterns if _may_serve(entry, place))
        return list(takewhile(_is_route, serving))


def _is_route(entry: Entry) -> bool:
    return isinstance(entry, URLPattern)


def _shelf(path: str) -> Shelf:
    segments = path.split("/")
    return len(segments), "/".join(segments[:DEPTH])


def _place(entry: Entry) -> Place | None:
    """Where a route stands; None for one that has placeholders too early, or whose length is not known."""
    if not _is_route(entry) or not isinstance(entry.pattern, RoutePattern):
        return None
    route = str(entry.pattern)
    placeholders = route.count("<")
    if not placeholders:
        return route
    count, first = _shelf(route)
    has_length = placeholders == sum(route.count(one) for one in WITHIN_A_SEGMENT)
    return (count, first) if has_length and count > DEPTH and "<" not in first else None


def _may_serve(entry: Entry, place: Place) -> bool:
    """Can a path of that place belong to this route?"""
    own = _place(entry)
    if own is not None:
        return own == place or (isinstance(place, str) and own == _shelf(place))
    beginning = str(entry.pattern).partition("<")[0] if isinstance(entry.pattern, RoutePattern) else ""
    first = place if isinstance(place, str) else place[1]
    return first.startswith(beginning) or beginning.startswith(first)
