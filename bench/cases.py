"""What is measured. A further operation is one more `Case` in `CASES`.

Case(
    "blog list",
    paths=tuple(f"/api/v1/blog?cursor=&category={slug}" for slug in SLUGS),
    by_hand=ByHand(make=items, same=begins_alike),
    most_statements=2,
)
"""

import base64
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Any
from urllib.parse import quote

import orjson

from bench import swipes, visits
from bench.dataset import CENTRE, LISTINGS, created_after
from bench.prose import LOCALITIES
from bench.writing import Writing

PAGE = 20
Rows = Sequence[str]


@dataclass(frozen=True)
class ByHand:
    """The same work with psycopg alone, as the limit of what the platform could reach.

    `make` puts the rows of the statement together as the answer (or its beginning), and `same` compares that with
    the HTTP answer. The statement is the one that the application runs for the path, caught once, unless `statement`
    says it; that one may use the parameters `user` (id of the signed-in user). Where the application runs several,
    `several` says so: all of them are run, one after another, and the rows of the last make the answer.
    """

    make: Callable[[Rows], bytes]
    same: Callable[[bytes, bytes], bool]
    statement: str | None = None
    several: bool = False


@dataclass(frozen=True)
class Case:
    """One operation: the paths that are asked in turn, its limit by hand, and what it must keep.

    `at_least_by_hand`: share of the requests per second by hand that two workers must reach; `most_cpu`: CPU of the
    application, in times of the base case; `most_statements`: SQL statements a request; `most_p95`: milliseconds within
    which two workers answer 95 of 100 requests; `pages`: the same list with
    pages of other sizes, which must not take more statements. A case that writes has `writing` instead of paths;
    `django` is false when the address is answered beside Django, so that its own ASGI handler does not know it.
    """

    name: str
    paths: tuple[str, ...] = ()
    signed_in: bool = False
    by_hand: ByHand | None = None
    at_least_by_hand: float | None = None
    most_cpu: float | None = None
    most_statements: int | None = None
    most_p95: float | None = None
    pages: tuple[str, ...] = ()
    writing: Writing | None = None
    django: bool = True


def items(rows: Rows) -> bytes:
    """The beginning of a page: its items, without the row that only tells that there are more."""
    return b'{"items":[' + ",".join(rows[:PAGE]).encode() + b"],"


def one(rows: Rows) -> bytes:
    """An answer that is one row."""
    return rows[0].encode()


def begins_alike(made: bytes, answer: bytes) -> bool:
    """Is the answer's beginning the same, byte for byte, and not empty of items?"""
    return answer.startswith(made) and made != items([])


def alike(made: bytes, answer: bytes) -> bool:
    """Is it the same, byte for byte?"""
    return made == answer


def same_values(made: bytes, answer: bytes) -> bool:
    """Do both hold the same JSON value?"""
    return bool(orjson.loads(made) == orjson.loads(answer))


def same_feed(made: bytes, answer: bytes) -> bool:
    """Are there the same listings in the same order, with the same reasons? Each deck has a name of its own."""
    one, other = (_cards(orjson.loads(page)) for page in (made + b'"end":0}', answer))
    return one == other and one != []


def _cards(page: dict[str, Any]) -> list[dict[str, Any]]:
    return [{key: value for key, value in card.items() if key != "recommendation_id"} for card in page["items"]]


def _radius_paths(count: int) -> tuple[str, ...]:
    dice = random.Random(5)
    points = [(dice.gauss(CENTRE[0], 0.04), dice.gauss(CENTRE[1], 0.04)) for _ in range(count)]
    filters = "radius=5&property_type=apartment&price_max=40000000&bedrooms_min=2&sort_by=distance"
    return tuple(f"/api/v1/properties?lat={lat:.5f}&lng={lng:.5f}&{filters}&limit={PAGE}" for lat, lng in points)


WISHES = (
    "quiet {rooms} bhk flat near metro in {place}", "{rooms} bhk apartment in {place} under 2 crore",
    "bright home for a family near a school, {place}", "{place} mein {rooms} bhk kiraye par",
    "builder floor with power backup in {place} not ground floor", "{rooms} bedroom villa with servant room {place}",
    "{place} में {rooms} बीएचके फ्लैट", "flat to work from home, morning sun, {place}",
)  # fmt: skip


def _wish_paths(count: int) -> tuple[str, ...]:
    """Searches by meaning in people's own words, each another; every other one with filters."""
    dice = random.Random(7)
    mixes = [(wish, place, rooms) for wish in WISHES for place in LOCALITIES for rooms in (1, 2, 3, 4, 5)]
    said = dict.fromkeys(wish.format(place=place, rooms=rooms) for wish, place, rooms in mixes)
    filters = ("", "&purpose=rent&bedrooms_min=2&price_max=90000")
    chosen = dice.sample(list(said), count)
    return tuple(
        f"/api/v1/properties/semantic-search?q={quote(words)}{filters[number % 2]}&limit={PAGE}"
        for number, words in enumerate(chosen)
    )


def _detail_paths(count: int) -> tuple[str, ...]:
    """Listings of which each data set has one, shared homes too: all of them may be seen by everybody."""
    return tuple(f"/api/v1/properties/{number}" for number in random.Random(6).sample(range(1, 201), count))


_NAMES = ("amber heights", "banyan court", "cedar", "deodar enclave", "falcon towers", "gulmohar park", "mulberry walk",
          "neem grove", "orchid petals", "peepal square", "rosewood", "saffron meadows")  # fmt: skip
_TRAITS = ("", "quiet ", "marble ", "metro ", "wardrobes ")


def _text_paths() -> tuple[str, ...]:
    """Words that few listings have and words that most have; none is a filter, so that all run one statement."""
    return tuple(f"/api/v1/properties?q={quote(trait + name)}&limit={PAGE}" for trait, name in product(_TRAITS, _NAMES))


def _fifth_pages(count: int) -> tuple[str, ...]:
    """The newest listings behind those of about four pages; a cursor is a place in the order, not a row."""
    numbers = [LISTINGS - 84 - place for place in range(count)]
    return tuple(f"/api/v1/properties?cursor={cursor_of(number)}&limit={PAGE}" for number in numbers)


def cursor_of(number: int) -> str:
    """Continues the newest listings behind this one."""
    content = {"k": [created_after(number).isoformat(), number], "s": "newest", "v": 1}
    return base64.urlsafe_b64encode(orjson.dumps(content)).rstrip(b"=").decode()


_MOMENT = """to_char({} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')"""
_ME = f"""
SELECT row_to_json(r)::text FROM (
  SELECT id, subject AS supabase_user_id, email, full_name, split_part(full_name, ' ', 1) AS first_name,
    nullif(substr(full_name, length(split_part(full_name, ' ', 1)) + 2), '') AS last_name, phone, date_of_birth, role,
    is_active, is_verified, phone_verified, email_verified, last_auth_method,
    {_MOMENT.format("last_auth_method_at")} AS last_auth_method_at, profile_image_url,
    profile_image_url AS avatar_url, preferences, current_latitude, current_longitude, notification_settings,
    privacy_settings, NULL AS agent_id, NULL AS agent, {_MOMENT.format("created_at")} AS created_at,
    {_MOMENT.format("updated_at")} AS updated_at
  FROM users WHERE id = %(user)s
) r
"""

BASE = Case("health/live", paths=("/health/live",))
"""What any request costs: the others' CPU is compared with it."""

CASES: tuple[Case, ...] = (
    BASE,
    Case(
        "radius list",
        paths=_radius_paths(64),
        by_hand=ByHand(make=items, same=begins_alike),
        at_least_by_hand=0.6,
        most_cpu=3.0,
        most_statements=2,
        pages=tuple(_radius_paths(1)[0].replace(f"limit={PAGE}", f"limit={size}") for size in (5, PAGE, 100)),
    ),
    Case(
        "text search",
        paths=_text_paths(),
        by_hand=ByHand(make=items, same=begins_alike),
        at_least_by_hand=0.6,
        most_statements=2,
        pages=tuple(_text_paths()[0].replace(f"limit={PAGE}", f"limit={size}") for size in (5, PAGE, 100)),
    ),
    Case(
        "page 5 of a list",
        paths=_fifth_pages(64),
        by_hand=ByHand(make=items, same=begins_alike),
        at_least_by_hand=0.6,
        most_statements=2,
    ),
    Case(
        "listing detail",
        paths=_detail_paths(150),
        by_hand=ByHand(make=one, same=alike),
        most_cpu=2.5,
        most_statements=2,
    ),
    Case(
        "users/me",
        paths=("/api/v1/users/me",),
        signed_in=True,
        by_hand=ByHand(make=one, same=same_values, statement=_ME),
    ),
    Case(
        "feed",
        paths=(f"/api/v1/properties/recommendations?limit={PAGE}",),
        signed_in=True,
        by_hand=ByHand(make=items, same=same_feed, several=True),
        pages=tuple(f"/api/v1/properties/recommendations?limit={size}" for size in (5, PAGE, 100)),
    ),
    Case(
        "hybrid search",
        paths=_wish_paths(64),
        most_statements=2,
        most_p95=40.0,
        pages=tuple(_wish_paths(1)[0].replace(f"limit={PAGE}", f"limit={size}") for size in (5, PAGE, 100)),
    ),
    Case("hybrid search, each another", paths=_wish_paths(1000)),
    Case("swipe", writing=swipes.REST),
    Case("schedule a visit", writing=visits.REST),
    Case("schedule a visit by MCP", writing=visits.MCP, django=False),
)
