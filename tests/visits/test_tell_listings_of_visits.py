"""A listing tells who looks at it of the visits that they plan there."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.support.listings import make_listing
from tests.support.visits import at, make_visit

pytestmark = pytest.mark.django_db
KEYS = ("user_has_scheduled_visit", "user_scheduled_visit_count", "user_next_visit_date")


def told(client, listing):
    answer = client.get(f"/api/v1/properties/{listing.pk}").json()
    (listed,) = client.get("/api/v1/properties", {"ids": listing.pk}).json()["items"]
    assert [answer[key] for key in KEYS] == [listed[key] for key in KEYS]
    return [answer[key] for key in KEYS]


def test_only_the_own_visits_to_come_count(cast, api, listing):
    make_visit(cast.seeker, listing, begins=at(days=-1), status="confirmed")
    make_visit(cast.seeker, listing, begins=at(days=1), status="cancelled")
    make_visit(cast.seeker, listing, begins=at(days=5))
    make_visit(cast.seeker, listing, begins=at(days=3), status="confirmed")
    make_visit(cast.seeker, make_listing(cast.owner), begins=at(days=2))
    next_visit = at(days=3).isoformat()
    assert told(api.as_(cast.seeker), listing) == [True, 2, next_visit]
    assert told(api.as_(cast.tenant), listing) == [False, 0, None]


def test_nobody_in_particular_is_told_nothing(cast, api, listing):
    make_visit(cast.seeker, listing)
    assert told(api, listing) == [None, None, None]


def test_it_takes_no_statement_more(cast, api, listing):
    client = api.as_(cast.seeker)
    client.get("/api/v1/properties")
    with CaptureQueriesContext(connection) as statements:
        client.get("/api/v1/properties")
    assert len(statements) == 2  # the caller and the page
