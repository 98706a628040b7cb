"""Areas drawn on a map are read as they were drawn, and refused in words where they are none."""

import math
from contextlib import suppress
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.properties.rules import drawn
from apps.properties.rules.cells import UnreadableError

SQUARE = [(77.0, 28.0), (77.1, 28.0), (77.1, 28.1), (77.0, 28.1), (77.0, 28.0)]


def test_a_box_is_west_south_east_north():
    assert drawn.box("77, 28,77.1 ,28.1") == (77, 28, 77.1, 28.1)


@pytest.mark.parametrize(
    "text", ["", "1,2,3", "1,2,3,4,5", "a,b,c,d", "nan,28,77,29", "77,28,76,29", "77,29,78,28", "77,28,77,29",
             "77,28,181,29", "77,-91,78,28", "inf,28,77,29"],
)  # fmt: skip
def test_what_is_no_box_is_refused(text):
    with pytest.raises(UnreadableError):
        drawn.box(text)


@pytest.mark.parametrize(
    "text",
    [
        "77 28, 77.1 28, 77.1 28.1, 77 28.1",
        "77 28,77.1 28,77.1 28.1,77 28.1,77 28",
        "77 28,77 28,77.1 28,77.1 28.1,77 28.1",
        '{"type": "Polygon", "coordinates": [[[77, 28], [77.1, 28], [77.1, 28.1], [77, 28.1], [77, 28]]]}',
    ],
)
def test_a_polygon_is_closed_and_each_corner_stands_once(text):
    assert drawn.polygon(text) == SQUARE


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("77 28, 78 28", "three"),
        ("77 28, 78 28, 77 28", "three"),
        ("77 28, 78 29, 78 28, 77 29", "cross"),
        ("77 28, 78 28, 79 28", "cross"),
        ("77 28, 79 28, 78 28, 78 29", "cross"),
        ("77 28, 78 28, 78 29, 77.5 28", "cross"),
        ("77,28,78,29", "lng lat"),
        ("nan 28, 78 28, 78 29", "Longitudes"),
        ("77 28, 278 28, 78 29", "Longitudes"),
        ("77 28, 78 95, 78 29", "Longitudes"),
        (", ".join(f"{place} {place * place / 200}" for place in range(101)), "At most 100"),
        ("{", "JSON"),
        ("{}", "GeoJSON"),
        ('{"type": "Polygon"}', "GeoJSON"),
        ('{"type": "Point", "coordinates": [77, 28]}', "GeoJSON"),
        ('{"type": "Polygon", "coordinates": []}', "one ring"),
        ('{"type": "Polygon", "coordinates": [[], []]}', "one ring"),
        ('{"type": "Polygon", "coordinates": [[["77", 28]]]}', "longitude, latitude"),
        ('{"type": "Polygon", "coordinates": [[[NaN, 28]]]}', "Longitudes"),
        ('{"type": "Polygon", "coordinates": [[[1e999, 28]]]}', "Longitudes"),
        ('{"type": "Polygon", "coordinates": [[[[77]]]]}', "GeoJSON"),
        ('{"type": ' * 900, "JSON"),
    ],
)
def test_what_is_no_polygon_is_refused_in_words(text, reason):
    with pytest.raises(UnreadableError, match=reason):
        drawn.polygon(text)


_PAIRS = st.lists(st.tuples(st.integers(0, 6), st.integers(0, 6)), min_size=3, max_size=7)


@given(_PAIRS)
def test_a_polygon_that_is_taken_has_an_area(pairs):
    try:
        ring = drawn.polygon(",".join(f"{lng} {lat}" for lng, lat in pairs))
    except UnreadableError:
        return
    area = sum(a[0] * b[1] - b[0] * a[1] for a, b in pairwise(ring))
    assert area != 0


@given(st.text(max_size=300))
def test_nothing_else_is_raised(text):
    for read in (drawn.box, drawn.polygon):
        with suppress(UnreadableError):
            assert len(read(text)) >= 4


@given(west=st.floats(-120, 118), south=st.floats(-88, 28), wide=st.floats(0.001, 59), high=st.floats(0.001, 59),
       across=st.floats(0, 1), along=st.floats(0, 1))  # fmt: skip
def test_the_whole_box_lies_in_the_circle(west, south, wide, high, across, along):
    box = (west, south, west + wide, south + high)
    middle, metres = drawn.circle_around(box)
    assert drawn._metres(middle, (west + across * wide, south + along * high)) <= metres <= math.pi * 6_371_008.8 * 1.01
