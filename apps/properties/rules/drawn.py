"""Areas that somebody draws on a map: a box or a polygon. Pure. Coordinates are degrees, longitude first as on maps."""

import json
import math
import re
from collections.abc import Sequence
from typing import Any

from apps.properties.rules.cells import UnreadableError

MOST_POINTS = 100
EARTH_RADIUS_M = 6_371_008.8
_FARTHEST_M = math.pi * EARTH_RADIUS_M
_MARGIN = 1.01

Pair = tuple[float, float]
Box = tuple[float, float, float, float]
"""West, south, east, north."""


def box(text: str) -> Box:
    """`west,south,east,north`. Raises UnreadableError."""
    try:
        west, south, east, north = map(float, text.split(","))
    except ValueError as wrong:
        raise UnreadableError("Give a box as west,south,east,north in degrees.") from wrong
    _check_pair((west, south))
    _check_pair((east, north))
    if west >= east or south >= north:
        raise UnreadableError("West must be less than east, and south less than north.")
    return west, south, east, north


def polygon(text: str) -> list[Pair]:
    """A GeoJSON polygon, or pairs `lng lat, lng lat, ...`; closed if it is not. Raises UnreadableError."""
    ring = _geojson_ring(text) if text.lstrip().startswith("{") else _listed_ring(text)
    if len(ring) > MOST_POINTS:
        raise UnreadableError(f"At most {MOST_POINTS} points.")
    for pair in ring:
        _check_pair(pair)
    corners = [pair for place, pair in enumerate(ring) if place == 0 or pair != ring[place - 1]]
    if corners[0] == corners[-1]:
        corners = corners[:-1]
    if len(corners) < 3:
        raise UnreadableError("A polygon has at least three different points.")
    if _crosses_itself(corners):
        raise UnreadableError("The lines of the polygon cross or touch each other.")
    return [*corners, corners[0]]


def well_known_text(ring: Sequence[Pair]) -> str:
    """A closed ring as PostGIS reads it."""
    return f"POLYGON(({','.join(f'{lng!r} {lat!r}' for lng, lat in ring)}))"


def box_around(ring: Sequence[Pair]) -> Box:
    """The smallest box with all of the points."""
    longitudes, latitudes = zip(*ring, strict=True)
    return min(longitudes), min(latitudes), max(longitudes), max(latitudes)


def circle_around(around: Box) -> tuple[Pair, float]:
    """A point, and a distance in metres within which the whole box lies, on a sphere."""
    west, south, east, north = around
    middle = ((west + east) / 2, (south + north) / 2)
    if east - west > 60 or north - south > 60:
        return middle, _FARTHEST_M
    edge = [(lng, lat) for lng in (west, middle[0], east) for lat in (south, middle[1], north)]
    return middle, max(_metres(middle, one) for one in edge) * _MARGIN


def _metres(one: Pair, other: Pair) -> float:
    """Along a great circle."""
    (lng, lat), (to_lng, to_lat) = (tuple(map(math.radians, pair)) for pair in (one, other))
    half = math.sin((to_lat - lat) / 2) ** 2 + math.cos(lat) * math.cos(to_lat) * math.sin((to_lng - lng) / 2) ** 2
    return 2 * EARTH_RADIUS_M * math.asin(math.sqrt(min(1.0, half)))


def _check_pair(pair: Pair) -> None:
    if not (-180 <= pair[0] <= 180 and -90 <= pair[1] <= 90):  # NaN is not either
        raise UnreadableError("Longitudes lie between -180 and 180 degrees, latitudes between -90 and 90.")


def _listed_ring(text: str) -> list[Pair]:
    pairs = [part.split() for part in text.split(",")]
    try:
        return [(float(lng), float(lat)) for lng, lat in pairs]
    except ValueError as wrong:
        raise UnreadableError("Give a polygon as GeoJSON, or as `lng lat, lng lat, ...`.") from wrong


_TOO_DEEP = re.compile(r"\[\s*\[\s*\[\s*\[")


def _geojson_ring(text: str) -> list[Pair]:
    try:
        given: Any = None if _TOO_DEEP.search(text) else json.loads(text)
    except (ValueError, RecursionError) as wrong:
        raise UnreadableError("This is not JSON.") from wrong
    if not isinstance(given, dict) or given.get("type") != "Polygon" or not isinstance(given.get("coordinates"), list):
        raise UnreadableError('GeoJSON must be one {"type": "Polygon", "coordinates": [...]}.')
    rings = given["coordinates"]
    if len(rings) != 1 or not isinstance(rings[0], list) or not rings[0]:
        raise UnreadableError("A polygon has one ring, without holes.")
    return [_pair(position) for position in rings[0]]


def _pair(position: Any) -> Pair:
    if (
        not isinstance(position, list)
        or len(position) < 2
        or not all(type(one) in (int, float) for one in position[:2])
    ):
        raise UnreadableError("Every position is [longitude, latitude].")
    if not all(abs(one) <= 180 for one in position[:2]):
        raise UnreadableError("Longitudes lie between -180 and 180 degrees, latitudes between -90 and 90.")
    return float(position[0]), float(position[1])


def _crosses_itself(corners: Sequence[Pair]) -> bool:
    """Do two lines that are not neighbours meet, or is there no area?"""
    count = len(corners)
    lines = [(corners[place], corners[(place + 1) % count]) for place in range(count)]
    apart = ((one, other) for one in range(count) for other in range(one + 2, count) if (one, other) != (0, count - 1))
    folds = (_turn(*lines[place], lines[place - 1][0]) == 0 and _goes_back(lines[place - 1], lines[place])
             for place in range(count))  # fmt: skip
    return any(_meet(lines[one], lines[other]) for one, other in apart) or any(folds)


def _turn(start: Pair, end: Pair, point: Pair) -> float:
    """Positive to the left of the line, negative to the right, 0 on it."""
    return (end[0] - start[0]) * (point[1] - start[1]) - (end[1] - start[1]) * (point[0] - start[0])


def _goes_back(before: tuple[Pair, Pair], line: tuple[Pair, Pair]) -> bool:
    """Does a line return the way that the one before it came?"""
    (start, corner), (_, end) = before, line
    return (corner[0] - start[0]) * (end[0] - corner[0]) + (corner[1] - start[1]) * (end[1] - corner[1]) < 0


def _meet(one: tuple[Pair, Pair], other: tuple[Pair, Pair]) -> bool:
    sides = _turn(*one, other[0]), _turn(*one, other[1]), _turn(*other, one[0]), _turn(*other, one[1])
    if sides[0] * sides[1] < 0 and sides[2] * sides[3] < 0:
        return True
    ends = ((one, other[0]), (one, other[1]), (other, one[0]), (other, one[1]))
    return any(side == 0 and _is_beside(*end) for side, end in zip(sides, ends, strict=True))


def _is_beside(line: tuple[Pair, Pair], point: Pair) -> bool:
    """Is a point on the line's straight between its ends?"""
    return all(min(line[0][axis], line[1][axis]) <= point[axis] <= max(line[0][axis], line[1][axis]) for axis in (0, 1))
