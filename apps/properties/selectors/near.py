"""Listings around a point, in a way that an index can walk.

`ST_DWithin` with `ORDER BY ST_Distance` reads and sorts everything within the radius, because PostgreSQL guesses one
row. A bounding box with `ORDER BY location <-> point` walks the index nearest first and stops at the page. `<->`
measures on a sphere of the mean earth radius, which differs from the spheroid by half a percent at most; the radius,
the order and the distance that is shown all use it, so that they never contradict each other.
"""

from apps.properties.models import listing

POINT = "ST_MakePoint(%(lng)s, %(lat)s)::geography"
METRES = f"(properties.location <-> {POINT})"
KILOMETRES = f"({METRES} / 1000.0)"

# The box is cheap, and enough for the index to begin with; a row without a location is in neither.
WITHIN = f"properties.location && _ST_Expand({POINT}, %(radius)s * 1000.0) AND {METRES} <= %(radius)s * 1000.0"

# The same by squares of the map (`rules.squares`). Of an index of squares and times, the recent ones of a circle are a
# twentieth of what the location's index costs together with that of times; it gives no order, and is for those who know
# that they read all of it. Within CASE, so that the location's index is not asked as well.
SQUARE = listing.SQUARE % {"expressions": "properties.location"}
WITHIN_SQUARES = f"{SQUARE} = ANY(%(squares)s) AND CASE WHEN {WITHIN} THEN TRUE END"

# A box of longitudes and latitudes is no box to an index of the globe, whose lines are great circles: the circle around
# it is what the index begins with, and the coordinates decide. A polygon's lines are straight on the map. Within CASE,
# because PostgreSQL has figures of the column only, and would take each bare comparison of a coordinate for one that
# leaves a two-hundredth of the rows.
_X, _Y = "ST_X(properties.location::geometry)", "ST_Y(properties.location::geometry)"
IN_BOX = f"CASE WHEN {_X} BETWEEN %(west)s AND %(east)s AND {_Y} BETWEEN %(south)s AND %(north)s THEN TRUE END"
IN_POLYGON = "CASE WHEN ST_Covers(ST_GeomFromText(%(polygon)s, 4326), properties.location::geometry) THEN TRUE END"


def around(name: str) -> str:
    """The condition that the index begins with; its parameters are `<name>_lng`, `<name>_lat` and `<name>_m`."""
    point = f"ST_MakePoint(%({name}_lng)s, %({name}_lat)s)::geography"
    return f"properties.location && _ST_Expand({point}, %({name}_m)s)"
