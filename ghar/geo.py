"""Points on the globe. WGS 84, degrees; distances in metres."""

from django.contrib.gis.geos import Point

WGS84 = 4326
EARTH_RADIUS_M = 6_371_008.8  # mean radius, IUGG


def point(latitude: float, longitude: float) -> Point:
    """The point of a latitude and a longitude (in the order people say them)."""
    return Point(longitude, latitude, srid=WGS84)
