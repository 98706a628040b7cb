"""What models can do about listings of an owner, and of an agent's customers."""

import pytest

from apps.properties.models import Property
from ghar.actors import Actor
from ghar.tools import call, find
from tests.support.listings import CENTRE, make_listing

pytestmark = pytest.mark.django_db
HOUSE = {
    "title": "Sunny house", "property_type": "house", "purpose": "buy", "full_address": "1, Sector 45",
    "city": "Gurugram", "locality": "Sector 45", "latitude": CENTRE[0], "longitude": CENTRE[1], "base_price": 5_000_000,
}  # fmt: skip


@pytest.fixture
def people(cast):
    """Actors by name; the owner is the agent's customer."""
    return {name: Actor.of(user) for name, user in cast.everyone().items()}


def data(actor, name, **arguments):
    outcome = call(actor, name, arguments)
    assert outcome.error is None, outcome.data
    return outcome.data


def code(actor, name, **arguments):
    return call(actor, name, arguments).data["code"]


def test_all_of_them_answer_in_an_envelope():
    names = ["list", "get", "create", "update", "toggle_availability"]
    ours = [f"owner_properties_{name}" for name in names]
    ours += [f"agent_properties_{name}" for name in ("list", "get", "create_for_owner", "verify")]
    assert all(find(name).envelope for name in ours)


def test_an_owner_puts_in_changes_and_switches_off(people):
    owner = people["owner"]
    made = data(owner, "owner_properties_create", **HOUSE, bedrooms=3)["property"]
    assert (made["title"], made["bedrooms"], made["owner_id"]) == ("Sunny house", 3, owner.id)
    changed = data(owner, "owner_properties_update", property_id=made["id"], base_price=6_000_000)["property"]
    assert (changed["base_price"], changed["title"]) == (6_000_000, "Sunny house")
    data(owner, "owner_properties_toggle_availability", property_id=made["id"], is_available=False)
    assert data(owner, "owner_properties_get", property_id=made["id"])["property"]["is_available"] is False


def test_what_cannot_be_is_refused_by_name(people):
    outcome = call(people["owner"], "owner_properties_create", {**HOUSE, "purpose": "rent"})
    assert (outcome.data["code"], outcome.data["details"][0]["loc"][-1]) == ("VALIDATION_ERROR", "monthly_rent")
    assert code(people["owner"], "owner_properties_create", **{**HOUSE, "base_price": -1}) == "VALIDATION_ERROR"
    assert not Property.objects.exists()


def test_own_listings_are_listed_and_counted(people, cast):
    rented = make_listing(cast.owner, status="rented", is_available=False, monthly_rent=20_000, locality="Saket")
    vacant = make_listing(cast.owner)
    make_listing(cast.tenant)
    told = data(people["owner"], "owner_properties_list")
    assert [one["id"] for one in told["items"]] == [vacant.pk, rented.pk]
    assert told["stats"] == {"total_properties": 2, "occupied": 1, "vacant": 1, "total_monthly_income": 20_000}
    assert told["items"][0]["has_active_lease"] is False
    for asked, found in (
        ({"occupancy": "occupied"}, rented),
        ({"q": "SAKET"}, rented),
        ({"occupancy": "vacant"}, vacant),
    ):
        listed = data(people["owner"], "owner_properties_list", **asked)
        assert ([one["id"] for one in listed["items"]], listed["total"]) == ([found.pk], 1)
    assert code(people["owner"], "owner_properties_list", occupancy="haunted") == "VALIDATION_ERROR"


@pytest.mark.parametrize("who", ["stranger", "tenant", "other_agent"])
def test_listings_of_others_are_not_theirs(people, cast, who):
    house = make_listing(cast.owner)
    assert code(people[who], "owner_properties_get", property_id=house.pk) == "PROPERTY_NOT_FOUND"
    assert code(people[who], "owner_properties_update", property_id=house.pk, title="Mine") == "NOT_YOUR_LISTING"
    assert data(people[who], "owner_properties_list")["items"] == []


def test_an_agent_works_for_customers_alone(people, cast):
    agent, other = people["agent"], people["other_agent"]
    made = data(agent, "agent_properties_create_for_owner", owner_id=cast.owner.pk, payment_due_day=5, **HOUSE)
    listing = Property.objects.get()
    assert (listing.pk, listing.owner_id, listing.payment_due_day) == (made["property"]["id"], cast.owner.pk, 5)
    make_listing(cast.tenant)
    assert [one["id"] for one in data(agent, "agent_properties_list")["items"]] == [listing.pk]
    assert data(agent, "agent_properties_get", property_id=listing.pk)["owner"]["id"] == cast.owner.pk
    assert data(people["admin"], "agent_properties_list")["total"] == 2
    assert data(people["admin"], "agent_properties_list", owner_id=cast.tenant.pk)["total"] == 1
    assert data(other, "agent_properties_list")["total"] == 0
    assert code(other, "agent_properties_get", property_id=listing.pk) == "PROPERTY_NOT_FOUND"
    wrong = {"owner_id": cast.tenant.pk, **HOUSE}
    assert code(agent, "agent_properties_create_for_owner", **wrong) == "NOT_YOUR_CUSTOMER"
    assert code(people["owner"], "agent_properties_list") == "INSUFFICIENT_PERMISSIONS"


def test_staff_vouch_for_listings_and_nobody_for_their_own(people, cast):
    house, own = make_listing(cast.owner), make_listing(cast.admin)
    told = data(people["agent"], "agent_properties_verify", property_id=house.pk, is_verified=True)
    assert (told["property_id"], told["is_verified"]) == (house.pk, True)
    house.refresh_from_db()
    assert house.listing_preferences["verification"]["is_verified"] is True
    for who, listing in (("other_agent", house), ("admin", own)):
        refused = code(people[who], "agent_properties_verify", property_id=listing.pk, is_verified=True)
        assert refused == "NOT_YOURS_TO_VERIFY"
