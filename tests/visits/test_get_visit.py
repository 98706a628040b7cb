"""One visit: who sees it, and what of the people in it."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.support.visits import make_visit

pytestmark = pytest.mark.django_db


@pytest.fixture
def visit(cast, listing):
    return make_visit(cast.seeker, listing, agent=cast.other_agent_profile)


def get(api, person, visit):
    return api.as_(person).get(f"/api/v1/visits/{visit.pk}")


@pytest.mark.parametrize(
    ("person", "status"),
    [("seeker", 200), ("owner", 200), ("other_agent", 200), ("admin", 200), ("stranger", 404), ("tenant", 404)],
)
def test_its_people_see_it_and_nobody_else(cast, api, visit, person, status):
    assert get(api, getattr(cast, person), visit).status_code == status


def test_the_owners_and_the_visitors_agent_see_it_too(cast, api, visit):
    assert get(api, cast.agent, visit).status_code == 404
    profile = cast.agent_profile  # now the owner's agent
    assert get(api, cast.agent, visit).status_code == 200
    type(cast.owner).objects.filter(pk=cast.owner.pk).update(agent=None)
    assert get(api, cast.agent, visit).status_code == 404
    type(cast.owner).objects.filter(pk=cast.seeker.pk).update(agent=profile)
    assert get(api, cast.agent, visit).status_code == 200


def test_an_agent_by_profile_alone_is_none(cast, api, visit):
    type(cast.agent).objects.filter(pk=cast.other_agent.pk).update(role="user")
    assert get(api, cast.other_agent, visit).status_code == 404


def test_of_other_people_only_name_and_picture_are_shown(cast, api, visit):
    shown = get(api, cast.owner, visit).json()["user"]
    picture = {"profile_image_url": None, "avatar_url": None}
    assert shown == {"id": cast.seeker.pk, "full_name": "Sami Seeker", **picture}


def test_staff_see_how_to_reach_the_visitor(cast, api, visit):
    assert get(api, cast.other_agent, visit).json()["user"]["phone"] == cast.seeker.phone


def test_the_listing_inside_keeps_its_secrets(cast, api, visit, listing):
    listing.listing_preferences = {"pets": "yes", "moderation_reason": "blurred"}
    listing.save()
    inside = {person: get(api, getattr(cast, person), visit).json()["property"] for person in ("seeker", "owner")}
    assert inside["seeker"]["listing_preferences"] == {"pets": "yes"}
    assert inside["owner"]["listing_preferences"]["moderation_reason"] == "blurred"


@pytest.mark.parametrize("number", ["0", "987654321", "9223372036854775808", "99999999999999999999"])
def test_no_such_visit(cast, api, number):
    for person in (cast.seeker, cast.admin):
        answer = api.as_(person).get(f"/api/v1/visits/{number}")
        assert (answer.status_code, answer.json()["error"]["code"]) == (404, "VISIT_NOT_FOUND")


def test_one_statement_besides_the_caller(cast, api, visit):
    get(api, cast.seeker, visit)
    with CaptureQueriesContext(connection) as statements:
        assert get(api, cast.seeker, visit).status_code == 200
    assert len(statements) == 2
