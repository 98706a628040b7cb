"""Whatever comes of a call, its structured result is what the tool's output schema describes."""

from datetime import timedelta
from typing import Any

import jsonschema
import pytest

from apps.discovery.services import saved_searches, swipes
from apps.properties.serializers.answers import ListingTold
from apps.properties.serializers.listings import PropertyOut
from ghar import tools
from ghar.actors import ANONYMOUS, Actor
from ghar.mcp import outcomes, results
from tests.support.listings import CENTRE, add_amenities, add_images, make_listing
from tests.support.visits import at, make_visit

pytestmark = pytest.mark.django_db
TOOLS = {tool.name: tool for tool in tools.for_audiences(*tools.Audience)}
POINT = {"latitude": CENTRE[0], "longitude": CENTRE[1]}
HOUSE = {
    "title": "Sunny house", "property_type": "house", "purpose": "buy", "full_address": "1, Sector 45",
    "city": "Gurugram", "locality": "Sector 45", "base_price": 5_000_000, **POINT,
}  # fmt: skip


@pytest.fixture
def calls(cast) -> dict[str, tuple[Any, dict[str, Any]]]:
    """For every tool: a person who may call it, and arguments that it carries out."""
    cast.owner.agent = cast.seeker.agent = cast.agent_profile
    cast.owner.save()
    cast.seeker.save()
    place = make_listing(cast.owner, at=CENTRE, bedrooms=3, main_image_url="/front.jpg")
    liked = make_listing(cast.owner, at=CENTRE)
    add_images(place, "front")
    add_amenities(place, "Lift")
    seeker = Actor.of(cast.seeker)
    swipes.record_swipe(actor=seeker, property_id=liked.pk, action="like")
    search = saved_searches.save_search(actor=seeker, name="Houses", filters={"city": "Gurugram"}, notify=True)
    ahead = make_visit(cast.seeker, place, agent=cast.agent_profile)
    to_confirm = make_visit(cast.seeker, place, agent=cast.agent_profile, begins=at(days=3))
    to_call_off = make_visit(cast.seeker, place, agent=cast.agent_profile, begins=at(days=4))
    past = make_visit(cast.seeker, place, agent=cast.agent_profile, begins=at(days=-2), status="confirmed")
    one, visit = {"property_id": place.pk}, {"visit_id": ahead.pk}
    return {
        "user_system_status": (cast.seeker, {}),
        "admin_system_status": (cast.agent, {}),
        "discovery_search": (cast.seeker, {**POINT, "query": "3 bhk"}),
        "discovery_property_get": (cast.seeker, one),
        "discovery_amenities": (cast.seeker, {}),
        "discovery_swipe": (cast.seeker, {**one, "is_liked": False}),
        "discovery_shortlist": (cast.seeker, {}),
        "discovery_recommendations": (cast.seeker, {}),
        "discovery_feed": (cast.seeker, POINT),
        "discovery_save_search": (cast.seeker, {"name": "Flats", "filters": {"property_type": ["apartment"]}}),
        "discovery_saved_searches": (cast.seeker, {}),
        "discovery_delete_saved_search": (cast.seeker, {"saved_search_id": search.pk}),
        "visits_schedule": (cast.seeker, {**one, "scheduled_date": (at(days=6) + timedelta(hours=1)).isoformat()}),
        "visits_list": (cast.seeker, {}),
        "visits_get": (cast.seeker, visit),
        "visits_cancel": (cast.seeker, visit),
        "agent_visits_list_all": (cast.agent, {}),
        "agent_visits_confirm": (cast.agent, {"visit_id": to_confirm.pk}),
        "agent_visits_complete": (cast.agent, {"visit_id": past.pk}),
        "agent_visits_cancel": (cast.agent, {"visit_id": to_call_off.pk}),
        "owner_properties_list": (cast.owner, {}),
        "owner_properties_create": (cast.owner, HOUSE),
        "owner_properties_get": (cast.owner, one),
        "owner_properties_update": (cast.owner, {**one, "title": "Moonlit house"}),
        "owner_properties_toggle_availability": (cast.owner, {**one, "is_available": False}),
        "agent_properties_list": (cast.agent, {}),
        "agent_properties_get": (cast.agent, one),
        "agent_properties_create_for_owner": (cast.agent, {**HOUSE, "owner_id": cast.owner.pk}),
        "agent_properties_verify": (cast.agent, {**one, "is_verified": True}),
    }


def check(tool: tools.Tool, outcome: tools.Outcome) -> Any:
    """The structured result, when its schema allows it; every branch of one has keys of its own."""
    structured = results.shown(outcome, metadata_url="https://ghar.example/").structured_content
    validator = jsonschema.Draft202012Validator(
        outcomes.schema(tool), format_checker=jsonschema.Draft202012Validator.FORMAT_CHECKER
    )
    assert [error.message for error in validator.iter_errors(structured)] == []
    return structured


def described(found: Any) -> Any:
    """An answer without what stands beside the described keys of a whole listing, which are many."""
    if isinstance(found, dict) and "images" in found:
        return {name: found[name] for name in ListingTold.model_fields}
    return {name: described(value) for name, value in found.items()} if isinstance(found, dict) else found


@pytest.mark.parametrize("name", TOOLS)
def test_an_answer_is_as_described_to_the_last_key(name, calls):
    person, arguments = calls[name]
    outcome = tools.call(Actor.of(person), name, arguments)
    assert outcome.error is None, outcome.data
    check(TOOLS[name], outcome)
    TOOLS[name].answers.model_validate(described(outcome.data), extra="forbid")
    rows = [value for value in outcome.data.values() if isinstance(value, list)]
    assert all(rows), "an empty list shows nothing of its rows"


@pytest.mark.parametrize("name", TOOLS)
def test_a_refusal_is_as_described(name, calls):
    person, arguments = calls[name]
    wrong = dict.fromkeys(arguments, "\x00")
    outcomes_of = [tools.call(Actor.of(person), name, wrong)] if wrong else []
    outcomes_of.append(tools.call(ANONYMOUS, name, arguments))
    outcomes_of.append(tools.failed(tools.ToolUnknown()))
    for outcome in outcomes_of:
        check(TOOLS[name], outcome)


def test_another_answer_is_not_what_a_schema_describes():
    with pytest.raises(AssertionError):
        check(TOOLS["discovery_amenities"], tools.Outcome({"amenities": [{"id": "one"}], "count": 1}))


def test_a_listing_is_described_in_the_words_of_its_operation():
    assert ListingTold.model_fields.keys() < PropertyOut().fields.keys()


def test_a_schema_is_an_object_that_every_client_reads():
    for tool in TOOLS.values():
        schema = results.described(tool).output_schema
        assert schema["type"] == "object"
        jsonschema.Draft202012Validator.check_schema(schema)
