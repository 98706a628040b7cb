"""Listings around a point, in a way that an index can walk.

`ST_DWithin` with `ORDER BY ST_Distance` reads and sorts everything within the radius, because PostgreSQL guesses one
row. A bounding box with `ORDER BY location <-> point` walks the index nearest first and stops at the page. `<->`
measures on a sphere of the mean earth radius, which differs from the spheroid by half a percent at most; the radius,
the order and the distance that is shown all use it, so that they never contradict each other.
"""

POINT = "ST_MakePoint(%(lng)s, %(lat)s)::geography"
METRES = f"(properties.location <-> {POINT})"
KILOMETRES = f"({METRES} / 1000.0)"

# The box is cheap, and enough for the index to begin with; a row without a location is in neither.
WITHIN = f"properties.location && _ST_Expand({POINT}, %(radius)s * 1000.0) AND {METRES} <= %(radius)s * 1000.0"
