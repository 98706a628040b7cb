"""Routes behind the prefixes they share, so that finding one costs the same however many areas there are.

Django tries routes one after another. Areas write theirs out in full, because a searched address should lead to its
file; here those below `api/v1/properties/` become one entry, which an address of another area passes by at once.
"""

from collections import defaultdict
from collections.abc import Sequence

from django.urls import URLPattern, URLResolver, include, path

DEPTH = 3
"""Segments of a prefix: `api/v1/properties/`."""


def under_shared_prefixes(patterns: Sequence[URLPattern]) -> list[URLPattern | URLResolver]:
    """The same routes in the same order within each prefix; those with fewer segments stay as they are."""
    groups: dict[str, list[URLPattern]] = defaultdict(list)
    for pattern in patterns:
        groups[_prefix(str(pattern.pattern))].append(pattern)
    return [entry for prefix, inside in groups.items() for entry in _entries(prefix, inside)]


def _prefix(route: str) -> str:
    segments = route.split("/")
    return "/".join(segments[:DEPTH]) + "/" if len(segments) > DEPTH else ""


def _entries(prefix: str, inside: list[URLPattern]) -> Sequence[URLPattern | URLResolver]:
    return [path(prefix, include([_without(prefix, pattern) for pattern in inside]))] if prefix else inside


def _without(prefix: str, pattern: URLPattern) -> URLPattern:
    route = str(pattern.pattern).removeprefix(prefix)
    return path(route, pattern.callback, pattern.default_args, pattern.name)
