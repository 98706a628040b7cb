"""The squares around a point hold every point of the circle."""

import math
import random

import pytest

from apps.properties.rules import squares


def _square_of(lat, lng):
    return math.floor(lat * 100) * 40_000 + math.floor(lng * 100)


def _away(lat, lng, bearing, km):
    """The point so far from another, in that direction, on a sphere."""
    way, lat, lng = km / 6_371.0088, math.radians(lat), math.radians(lng)
    to_lat = math.asin(math.sin(lat) * math.cos(way) + math.cos(lat) * math.sin(way) * math.cos(bearing))
    east = math.sin(bearing) * math.sin(way) * math.cos(lat)
    return math.degrees(to_lat), math.degrees(lng + math.atan2(east, math.cos(way) - math.sin(lat) * math.sin(to_lat)))


@pytest.mark.parametrize(
    ("lat", "lng", "radius"), [(28.45, 77.02, 5), (0, 0, 3), (-33.9, -70.61, 10), (64.15, -21.94, 5), (28.46, 77.03, 1)]
)
def test_no_point_of_the_circle_is_in_another_square(lat, lng, radius):
    dice = random.Random(1)
    around = set(squares.around(lat, lng, radius))
    for _ in range(3_000):
        bearing, km = dice.uniform(0, 2 * math.pi), radius * math.sqrt(dice.random())
        assert _square_of(*_away(lat, lng, bearing, km)) in around
        assert _square_of(*_away(lat, lng, bearing, radius)) in around


def test_few_squares_lie_beside_the_circle():
    around = squares.around(28.45, 77.02, 5)
    assert len(around) == len(set(around)) < 110


FAR = [(28.45, 77.02, 100), (89.5, 0, 5), (28.45, 179.99, 5), (0, -180, 1)]


@pytest.mark.parametrize(("lat", "lng", "radius"), FAR)
def test_a_circle_that_squares_do_not_tell(lat, lng, radius):
    assert squares.around(lat, lng, radius) is None
