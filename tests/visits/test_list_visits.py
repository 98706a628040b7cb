"""Whose visits are listed where, and in which order."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from apps.agents.models import Agent
from tests.support.listings import add_images, make_listing
from tests.support.visits import at, make_visit

pytestmark = pytest.mark.django_db
URL = "/api/v1/visits"


@pytest.fixture
def diary(cast, listing):
    """Visits of the seeker to the owner's house, and one of the tenant."""
    return {
        "was": make_visit(cast.seeker, listing, begins=at(days=-3), status="completed"),
        "missed": make_visit(cast.seeker, listing, begins=at(days=-1)),
        "soon": make_visit(cast.seeker, listing, begins=at(days=1), status="confirmed", agent=cast.agent_profile),
        "off": make_visit(cast.seeker, listing, begins=at(days=2), status="cancelled"),
        "later": make_visit(cast.seeker, listing, begins=at(days=3)),
        "other": make_visit(cast.tenant, listing, begins=at(days=4), agent=cast.agent_profile),
    }


def names(diary, answer):
    assert answer.status_code == 200, answer.json()
    by_id = {visit.pk: name for name, visit in diary.items()}
    return [by_id[item["id"]] for item in answer.json()["items"]]


@pytest.mark.parametrize(
    ("person", "path", "listed"),
    [
        ("seeker", "", ["later", "off", "soon", "missed", "was"]),
        ("seeker", "?status=requested", ["later", "missed"]),
        ("seeker", "?status=", ["later", "off", "soon", "missed", "was"]),
        ("seeker", "/upcoming", ["soon", "later"]),
        ("seeker", "/past", ["missed", "was"]),
        ("tenant", "", ["other"]),
        ("stranger", "", []),
        ("owner", "", []),
        ("owner", "?hosted=true", ["other", "later", "off", "soon", "missed", "was"]),
        ("owner", "/upcoming?hosted=true", ["soon", "later", "other"]),
        ("owner", "/past?hosted=true", ["missed", "was"]),
        ("seeker", "?hosted=true", []),
        ("admin", "", []),
        ("admin", "/all", ["other", "later", "off", "soon", "missed", "was"]),
        ("admin", "/all?status=scheduled", ["other", "later", "missed"]),
        ("admin", "/all?status=cancelled", ["off"]),
        ("agent", "/all", ["other", "soon"]),
        ("other_agent", "/all", []),
    ],
)
def test_who_sees_which(cast, api, diary, person, path, listed):
    assert names(diary, api.as_(getattr(cast, person)).get(f"{URL}{path}")) == listed


def test_an_admin_narrows_the_list(cast, api, diary):
    admin = api.as_(cast.admin)
    assert names(diary, admin.get(f"{URL}/all", {"user_id": cast.tenant.pk})) == ["other"]
    assert names(diary, admin.get(f"{URL}/all", {"agent_id": cast.agent_profile.pk})) == ["other", "soon"]
    assert names(diary, admin.get(f"{URL}/all", {"property_id": 987654321})) == []


def test_an_agent_cannot_look_into_anothers_list(cast, api, diary):
    answer = api.as_(cast.other_agent).get(f"{URL}/all", {"agent_id": cast.agent_profile.pk, "include_total": True})
    assert (answer.json()["items"], answer.json()["total"]) == ([], 0)


def test_a_retired_agent_sees_nothing_more(cast, api, diary):
    Agent.objects.update(is_active=False, is_available=False)
    assert names(diary, api.as_(cast.agent).get(f"{URL}/all")) == []
    assert api.as_(cast.agent).get(f"{URL}/{diary['soon'].pk}").status_code == 404


@pytest.mark.parametrize(
    ("person", "listed"), [("agent", ["other", "soon"]), ("admin", ["other", "soon"]), ("owner", []), ("seeker", None)]
)
def test_the_visits_of_an_agent(cast, api, diary, person, listed):
    answer = api.as_(getattr(cast, person)).get(f"/api/v1/agents/{cast.agent_profile.pk}/visits")
    if listed is None:
        assert (answer.status_code, answer.json()["error"]["code"]) == (403, "NOT_YOUR_AGENT")
    else:
        assert names(diary, answer) == listed


def test_a_customer_sees_only_their_own_visits_with_their_agent(cast, api, diary):
    cast.seeker.agent = cast.agent_profile
    cast.seeker.save()
    answer = api.as_(cast.seeker).get(f"/api/v1/agents/{cast.agent_profile.pk}/visits")
    assert names(diary, answer) == ["soon"]


def test_an_agent_does_not_see_the_visits_of_another(cast, api, diary):
    answer = api.as_(cast.other_agent).get(f"/api/v1/agents/{cast.agent_profile.pk}/visits")
    assert answer.status_code == 403


@pytest.mark.parametrize(
    ("path", "field"),
    [
        ("?status=scheduled", "status"),
        ("/all?status=lost", "status"),
        ("/all?agent_id=asha", "agent_id"),
        ("/all?user_id=9223372036854775808", "user_id"),
        ("/upcoming?limit=0", "limit"),
        ("?hosted=perhaps", "hosted"),
    ],
)
def test_a_wrong_filter_is_refused_by_name(cast, api, path, field):
    answer = api.as_(cast.admin).get(f"{URL}{path}")
    assert answer.status_code == 422
    assert [wrong["loc"][1] for wrong in answer.json()["detail"]] == [field]


@pytest.mark.parametrize("path", ["", "/upcoming", "/past"])
def test_pages_go_on_where_they_ended(cast, api, listing, path):
    days = range(-3, 0) if path == "/past" else range(1, 4)
    made = [make_visit(cast.seeker, listing, begins=at(days=day)).pk for day in days]
    expected, seen, cursor = (made if path == "/upcoming" else made[::-1]), [], ""
    for _ in range(3):
        page = api.as_(cast.seeker).get(f"{URL}{path}", {"limit": 1, "cursor": cursor, "include_total": "true"}).json()
        seen += [item["id"] for item in page["items"]]
        cursor = page["next_cursor"]
        assert page["total"] == 3
    assert (seen, cursor) == (expected, None)


def test_visits_at_the_same_moment_are_neither_skipped_nor_repeated(cast, api, listing):
    made = [make_visit(person, listing).pk for person in (cast.seeker, cast.tenant, cast.stranger)]
    admin, seen, cursor = api.as_(cast.admin), [], ""
    while cursor is not None:
        page = admin.get(f"{URL}/all", {"limit": 1, "cursor": cursor}).json()
        seen += [item["id"] for item in page["items"]]
        cursor = page["next_cursor"]
    assert seen == made[::-1]


def test_a_longer_list_takes_no_more_statements(cast, api):
    client = api.as_(cast.seeker)
    client.get(URL)
    for day in range(1, 6):
        place = make_listing(cast.owner)
        add_images(place, "front", "hall")
        make_visit(cast.seeker, place, begins=at(days=day), agent=cast.agent_profile)
    with CaptureQueriesContext(connection) as statements:
        assert len(client.get(URL).json()["items"]) == 5
    assert len(statements) == 2  # the caller and the page
