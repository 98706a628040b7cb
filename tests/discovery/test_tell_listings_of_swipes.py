"""A listing tells whether its viewer likes it, and a search leaves out what they have decided about."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.support.listings import make_listing

pytestmark = pytest.mark.django_db
URL = "/api/v1/properties"


def test_liked_passed_or_undecided(swipe, api, cast):
    liked, passed, new = (make_listing(cast.owner) for _ in range(3))
    swipe(liked)
    swipe(passed, False)

    def told(client):
        items = client.get(URL).json()["items"]
        assert all(item["liked"] == item["is_liked"] for item in items)
        return {item["id"]: item["liked"] for item in items}

    assert told(api.as_(cast.seeker)) == {liked.pk: True, passed.pk: False, new.pk: None}
    assert told(api.as_(cast.tenant)) == told(api) == dict.fromkeys((liked.pk, passed.pk, new.pk))
    assert api.as_(cast.seeker).get(f"{URL}/{passed.pk}").json()["liked"] is False


def test_what_was_decided_is_left_out_on_demand(swipe, api, cast):
    liked, passed, new = (make_listing(cast.owner) for _ in range(3))
    swipe(liked)
    swipe(passed, False)

    def found(client, **params):
        page = client.get(URL, {"include_total": True, **params}).json()
        assert page["total"] == len(page["items"])
        return {item["id"] for item in page["items"]}

    everything = {liked.pk, passed.pk, new.pk}
    assert found(api.as_(cast.seeker), exclude_swiped=True) == {new.pk}
    assert found(api.as_(cast.seeker), exclude_swiped=False) == found(api.as_(cast.seeker)) == everything
    assert found(api, exclude_swiped=True) == found(api.as_(cast.tenant), exclude_swiped=True) == everything


def test_it_takes_no_statement_more(api, cast):
    client = api.as_(cast.seeker)
    client.get(URL)
    with CaptureQueriesContext(connection) as statements:
        client.get(URL, {"exclude_swiped": True})
    assert len(statements) == 2  # the caller and the page
