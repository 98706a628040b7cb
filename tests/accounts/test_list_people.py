"""Staff look for people."""

from datetime import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from apps.accounts.serializers.people import UserOut

pytestmark = pytest.mark.django_db
PEOPLE = "/api/v1/users"


@pytest.fixture
def everybody(cast):
    """The whole cast; the owner is a customer of the agent."""
    return cast.everyone()


def names(answer):
    assert answer.status_code == 200, answer.content
    return {person["full_name"] for person in answer.json()["items"]}


def test_an_admin_sees_everybody_newest_first(api, cast, everybody):
    answer = api.as_(cast.admin).get(PEOPLE, {"include_total": "true"})
    assert answer.json()["total"] == len(everybody)
    ids = [person["id"] for person in answer.json()["items"]]
    assert ids == sorted(ids, reverse=True)


@pytest.mark.parametrize("asked", ["", "?agent_id={other}", "?unassigned=true", "?q=sTaN"])
def test_an_agent_sees_customers_only_whatever_is_asked(api, cast, everybody, asked):
    found = names(api.as_(cast.agent).get(PEOPLE + asked.format(other=cast.other_agent_profile.pk)))
    assert found <= {"Olive Owner"}
    assert found or "q=" in asked


def test_an_agent_without_customers_or_profile_sees_an_empty_page(api, cast, everybody):
    assert names(api.as_(cast.other_agent).get(PEOPLE)) == set()
    cast.agent_profile.login = None
    cast.agent_profile.save()
    assert names(api.as_(cast.agent).get(PEOPLE)) == set()


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"q": "olive"}, {"Olive Owner"}),
        ({"q": "TANA@"}, {"Tara Tenant"}),
        ({"q": "98100 000-03"}, {"Sami Seeker"}),
        ({"q": "%"}, {"Fifty % off"}),
        ({"q": "_"}, set()),
        ({"q": "()"}, set()),
        ({"q": "-"}, set()),
        ({"q": "\\"}, set()),
        ({"agent_id": "mine"}, {"Olive Owner"}),
        ({"agent_id": 2**62}, set()),
        ({"unassigned": "false"}, {"Olive Owner"}),
        ({"is_active": "false"}, {"Fifty % off"}),
        ({"phone_verified": "false"}, {"Fifty % off"}),
        ({"q": "", "agent_id": "", "unassigned": ""}, 7),
    ],
)
def test_filters(api, cast, everybody, asked, found):
    everybody["tenant"].email = "tana@example.com"
    everybody["tenant"].save()
    stranger = everybody["stranger"]
    stranger.full_name, stranger.is_active, stranger.phone_verified = "Fifty % off", False, False
    stranger.save()
    if asked.get("agent_id") == "mine":
        asked = {"agent_id": cast.agent_profile.pk}
    answer = names(api.as_(cast.admin).get(PEOPLE, asked))
    assert (len(answer) if isinstance(found, int) else answer) == found


def test_pages_neither_repeat_nor_skip(api, cast, everybody):
    client, seen, cursor = api.as_(cast.admin), [], ""
    while cursor is not None:
        page = client.get(PEOPLE, {"limit": 2, "cursor": cursor}).json()
        seen += [person["id"] for person in page["items"]]
        cursor = page["next_cursor"]
    assert sorted(seen) == sorted(person.pk for person in everybody.values())


def as_it_is(person):
    """The same instant may be written with `Z` or with `+00:00`."""
    times = {name: datetime.fromisoformat(person[name]) for name in ("created_at", "updated_at")}
    return person | times


def test_somebody_looks_the_same_in_the_list_and_to_themselves(api, cast, everybody):
    listed = {person["id"]: person for person in api.as_(cast.admin).get(PEOPLE).json()["items"]}
    for person in everybody.values():
        own = api.as_(person).get("/api/v1/users/me").json()
        assert as_it_is(listed[person.pk]) == as_it_is(own)
        assert own.keys() == UserOut().fields.keys()
    assert listed[cast.owner.pk]["agent"]["name"] == listed[cast.agent.pk]["agent"]["name"] == "Asha Agent"


def test_a_longer_list_takes_no_more_statements(api, cast, everybody):
    client = api.as_(cast.admin)
    client.get(PEOPLE)
    with CaptureQueriesContext(connection) as few:
        client.get(PEOPLE, {"limit": 1})
    with CaptureQueriesContext(connection) as many:
        client.get(PEOPLE)
    assert len(many) == len(few) == 2  # the caller and the page
