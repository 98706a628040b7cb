"""A map in squares of a hundredth of a degree, a kilometre or so: which of them a circle touches. Pure.

The number of a square is that of its row from the equator, times `A_ROW`, and that of its column from Greenwich.
"""

import math

from apps.properties.rules.drawn import EARTH_RADIUS_M

A_DEGREE = 100
"""Squares along a degree."""
A_ROW = 40_000
"""More than there are columns."""
MOST = 400
"""A circle that touches more squares is not told in squares."""
_MARGIN = 1.01


def around(lat: float, lng: float, radius_km: float) -> list[int] | None:
    """The squares that are within the circle or touch it, and a few beside it. None when there are too many, and
    about the poles and where longitudes begin anew."""
    reach = math.degrees(radius_km * 1000 * _MARGIN / EARTH_RADIUS_M)
    found: list[int] = []
    for row in range(_of(lat - reach), _of(lat + reach) + 1):
        columns = _columns(row, lat, lng, reach)
        if columns is None or len(found) + len(columns) > MOST:
            return None
        found += [row * A_ROW + column for column in columns]
    return found


def _columns(row: int, lat: float, lng: float, reach: float) -> range | None:
    """The columns of a row that the circle may touch, reckoned with the narrowest longitudes of the circle."""
    farthest = abs(lat) + reach
    if farthest >= 89:
        return None
    south, north = row / A_DEGREE, (row + 1) / A_DEGREE
    away = abs(min(max(lat, south), north) - lat)
    wide = math.sqrt(max(0.0, reach**2 - away**2)) / math.cos(math.radians(farthest))
    if abs(lng) + wide >= 180:
        return None
    return range(_of(lng - wide), _of(lng + wide) + 1)


def _of(degrees: float) -> int:
    return math.floor(degrees * A_DEGREE)
