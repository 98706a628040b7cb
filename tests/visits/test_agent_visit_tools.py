"""What agents and admins do about visits on the staff's MCP server: those that concern them and no others."""

import pytest

from ghar.actors import Actor
from ghar.tools import call
from tests.support.visits import at, make_visit

pytestmark = pytest.mark.django_db


@pytest.fixture
def visit(cast, listing):
    """The seeker comes, and the agent of the cast shows the house."""
    cast.other_agent_profile  # noqa: B018 - somebody else's agent
    return make_visit(cast.seeker, listing, agent=cast.agent_profile)


def use(person, name, **arguments):
    return call(Actor.of(person), f"agent_visits_{name}", arguments)


def test_an_agent_sees_own_visits_and_who_comes(cast, visit):
    (found,) = use(cast.agent, "list_all").data["visits"]
    assert (found["id"], found["status"], found["agent_id"]) == (visit.pk, "requested", cast.agent_profile.pk)
    assert found["property"]["title"] == "Sunny house"
    visitor = {"id": cast.seeker.pk, "full_name": "Sami Seeker", "phone": cast.seeker.phone, "email": None}
    assert found["visitor"] == visitor


def test_admins_see_all_and_other_agents_none(cast, visit):
    assert use(cast.admin, "list_all").data["total"] == 1
    assert use(cast.other_agent, "list_all").data["visits"] == []


def test_the_list_is_filtered_and_paged(cast, visit, listing):
    later = make_visit(cast.tenant, listing, begins=at(days=5), status="confirmed", agent=cast.agent_profile)
    ids = [[one["id"] for one in use(cast.agent, "list_all", **asked).data["visits"]] for asked in (
        {"status": "requested"}, {"status": "confirmed"}, {"property_id": listing.pk + 1}, {"limit": 1},
    )]  # fmt: skip
    assert ids == [[visit.pk], [later.pk], [], [later.pk]]
    first = use(cast.agent, "list_all", limit=1)
    assert first.summary == "There are 2 visits, of which 1 are shown."
    rest = use(cast.agent, "list_all", limit=1, cursor=first.data["next_cursor"]).data
    assert ([one["id"] for one in rest["visits"]], rest["has_more"]) == ([visit.pk], False)
    assert use(cast.agent, "list_all", status="nonsense").data["code"] == "VALIDATION_ERROR"


def test_an_agent_confirms_and_calls_off(cast, visit):
    assert use(cast.agent, "confirm", visit_id=visit.pk).data["visit"]["status"] == "confirmed"
    assert use(cast.agent, "cancel", visit_id=visit.pk, reason="Keys lost").data["visit"]["status"] == "cancelled"
    visit.refresh_from_db()
    assert (visit.status, visit.cancellation_reason) == ("cancelled", "Keys lost")


def test_an_agent_completes_what_took_place(cast, visit, listing):
    assert use(cast.agent, "complete", visit_id=visit.pk).data["code"] == "VISIT_NOT_YET"
    past = make_visit(cast.seeker, listing, begins=at(days=-1), agent=cast.agent_profile)
    assert use(cast.agent, "complete", visit_id=past.pk, notes="Liked it").data["visit"]["status"] == "completed"
    past.refresh_from_db()
    assert past.visit_notes == "Liked it"


@pytest.mark.parametrize("verb", ["confirm", "complete", "cancel"])
def test_another_agents_visit_is_not_there(cast, visit, verb):
    assert use(cast.other_agent, verb, visit_id=visit.pk).data["code"] == "VISIT_NOT_FOUND"
    visit.refresh_from_db()
    assert visit.status == "requested"
