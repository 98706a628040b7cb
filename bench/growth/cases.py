"""The searches whose cost is compared between a small and a large data set."""

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from urllib.parse import urlencode

from bench import dataset
from bench.cases import PAGE, cursor_of

POINTS = 12
_LIST = "/api/v1/properties"
_FILTERS = {"property_type": "apartment", "price_max": 40_000_000, "bedrooms_min": 2}


@dataclass(frozen=True)
class Search:
    """A named kind of search: its paths, by the number of listings in the data set.

    `held`: the large data set must not cost more than `MOST` times what the small one does.
    """

    name: str
    paths: Callable[[int], tuple[str, ...]]
    held: bool = False


MOST = 2.0


def _path(path: str, **values: object) -> str:
    return f"{path}?{urlencode({**values, 'limit': PAGE} if path == _LIST else values)}"


def _points() -> Iterator[tuple[float, float]]:
    """Where people are: the same for every search, most of them about the centre."""
    dice = random.Random(5)
    for _ in range(POINTS):
        yield round(dice.gauss(dataset.CENTRE[0], 0.04), 5), round(dice.gauss(dataset.CENTRE[1], 0.04), 5)


def _around(path: str = _LIST, **more: object) -> Callable[[int], tuple[str, ...]]:
    paths = tuple(_path(path, lat=lat, lng=lng, radius=5, **_FILTERS, **more) for lat, lng in _points())
    return lambda _listings: paths


def _saying(*said: str, **more: object) -> Callable[[int], tuple[str, ...]]:
    paths = tuple(_path(_LIST, q=words, **more) for words in said)
    return lambda _listings: paths


def _saying_nearby(*said: str, **more: object) -> Callable[[int], tuple[str, ...]]:
    places = zip(_points(), said, strict=False)
    paths = tuple(_path(_LIST, lat=lat, lng=lng, radius=5, q=words, **more) for (lat, lng), words in places)
    return lambda _listings: paths


def _boxes(side_km: float, **more: object) -> Callable[[int], tuple[str, ...]]:
    north, east = side_km / 222.4, side_km / 195.5  # half of the side, in degrees at this latitude
    corners = [(lng - east, lat - north, lng + east, lat + north) for lat, lng in _points()]
    paths = tuple(_path(_LIST, bbox=",".join(f"{value:.5f}" for value in corner), **more) for corner in corners)
    return lambda _listings: paths


def _triangles(size: float) -> Callable[[int], tuple[str, ...]]:
    drawn = [((lng - size, lat - size), (lng + size, lat - size), (lng, lat + size)) for lat, lng in _points()]
    paths = tuple(_path(_LIST, polygon=",".join(f"{x:.5f} {y:.5f}" for x, y in ring)) for ring in drawn)
    return lambda _listings: paths


def _fifth_pages(listings: int) -> tuple[str, ...]:
    return tuple(_path(_LIST, cursor=cursor_of(listings - 84 - place)) for place in range(POINTS))


_ALL = ("square feet", "gurugram square", "haryana feet")
_THIRD = ("chimney", "laminated", "softening")
_TENTH = ("amber heights", "banyan court", "cedar residency", "deodar enclave", "falcon towers", "peepal square")
_SIXTIETH = ("chimney sector 45", "laminated sector 56", "softening sector 106", "polishing sector 14")
_RARE = ("orchid petals sector 106 polishing bakery", "kesar villas sector 14 softening tennis",
         "rosewood sector 92 chimney laminated")  # fmt: skip
_TWO = ("marble wardrobes", "tennis chimney", "bakery expressway")
_BEGUN = ("gulm", "mulber", "saffr", "orchi")
_MISSPELT = ("gulmohhar park", "fallcon towers", "orchd petals")
_NOWHERE = ("planetarium", "igloo", "submarine")

SEARCHES: tuple[Search, ...] = (
    Search("radius, nearest first", _around(sort_by="distance"), held=True),
    Search("radius, newest first", _around(sort_by="newest"), held=True),
    Search("radius, cheapest first", _around(sort_by="price_low"), held=True),
    Search("radius, dearest first", _around(sort_by="price_high"), held=True),
    Search("radius, most liked first", _around(sort_by="popular"), held=True),
    Search("text, newest first", _saying(*_TENTH, *(f"marble {name}" for name in _TENTH)), held=True),
    Search("text in a radius, newest first", _saying_nearby(*_TENTH, *_TWO, *_THIRD), held=True),
    Search("text in a radius, nearest first", _saying_nearby(*_TENTH, *_TWO, *_THIRD, sort_by="distance"), held=True),
    Search("text in a radius, by relevance", _saying_nearby(*_TENTH, *_TWO, *_THIRD, sort_by="relevance"), held=True),
    Search("relevance, words in all", _saying(*_ALL, sort_by="relevance"), held=True),
    Search("relevance, a word in a third", _saying(*_THIRD, sort_by="relevance"), held=True),
    Search("relevance, words in a tenth", _saying(*_TENTH, sort_by="relevance"), held=True),
    Search("relevance, words in 1 of 60", _saying(*_SIXTIETH, sort_by="relevance"), held=True),
    Search("relevance, rare words", _saying(*_RARE, sort_by="relevance"), held=True),
    Search("relevance, two words", _saying(*_TWO, sort_by="relevance"), held=True),
    Search("relevance, a beginning", _saying(*_BEGUN, sort_by="relevance"), held=True),
    Search("relevance, misspelt", _saying(*_MISSPELT, sort_by="relevance"), held=True),
    Search("relevance, a word in none", _saying(*_NOWHERE, sort_by="relevance"), held=True),
    Search("words in 1 of 60, newest first", _saying(*_SIXTIETH), held=True),
    Search("page 5, newest first", _fifth_pages),
    Search("box of 1 km", _boxes(1)),
    Search("box around the city", _boxes(40)),
    Search("triangle of 2 km", _triangles(0.009)),
    Search("counts in a radius", _around(f"{_LIST}/facets")),
    Search("counts of words in a tenth", lambda _: tuple(_path(f"{_LIST}/facets", q=words) for words in _TENTH)),
    Search("counts of everything", lambda _: (_path(f"{_LIST}/facets"),)),
)
