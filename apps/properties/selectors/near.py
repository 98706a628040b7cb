"""Listings around a point, in a way that an index can walk.

`ST_DWithin` with `ORDER BY ST_Distance` reads and sorts everything within the radius, because PostgreSQL guesses
one row. A bounding box with `ORDER BY location <-> point` walks the index nearest first and stops at the page.
`<->` measures on a sphere of the mean earth radius, which differs from the spheroid by half a percent at most;
the radius, the order and the distance that is shown all use it, so that they never contradict each other.
"""

from dataclasses import dataclass
from typing import Any

from django.db.models import BooleanField, F, FloatField, Func, Q, Value

METRES_A_KM = 1000.0


class _Point(Func):
    """The searched point as geography."""

    template = "ST_MakePoint(%(expressions)s)::geography"
    output_field = FloatField()  # never selected

    def __init__(self, latitude: float, longitude: float) -> None:
        kind = FloatField()
        super().__init__(Value(longitude, output_field=kind), Value(latitude, output_field=kind))


class _Walk(Func):
    """Metres between a listing and the point; an index yields rows in this order."""

    template = "(%(expressions)s)"
    arg_joiner = " <-> "
    output_field = FloatField()


class _Kilometres(Func):
    """Metres as kilometres."""

    template = f"(%(expressions)s / {METRES_A_KM})"
    output_field = FloatField()


class _Box(Func):
    """Is the listing in the box around the circle? Cheap, and enough for the index to begin with."""

    template = "(%(expressions)s)"
    arg_joiner = " && "
    output_field = BooleanField()
    conditional = True


@dataclass(frozen=True)
class Around:
    """A search around a point: what it measures for each row, and which rows are within the radius."""

    measures: dict[str, Any]
    conditions: tuple[Any, ...]


def around(*, latitude: float, longitude: float, radius_km: float) -> Around:
    """Rows within a radius, measured as `metres` and `distance_km`. Rows without a location drop out."""
    point, metres = _Point(latitude, longitude), radius_km * METRES_A_KM
    reach = Func(point, Value(metres, output_field=FloatField()), function="_ST_Expand", output_field=FloatField())
    walk = _Walk(F("location"), point)
    return Around(
        measures={"metres": walk, "distance_km": _Kilometres(walk)},
        conditions=(_Box(F("location"), reach), Q(metres__lte=metres)),
    )
