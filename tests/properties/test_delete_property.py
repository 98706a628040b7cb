"""A listing is deleted by whom it concerns, unless something that is to come hangs on it."""

import pytest

from apps.properties.models import Property, PropertyImage
from apps.visits.models import Visit
from tests.support.listings import add_amenities, add_images, make_listing
from tests.support.visits import at, make_visit

pytestmark = pytest.mark.django_db


@pytest.fixture
def house(cast):
    house = make_listing(cast.owner)
    add_images(house, "front")
    add_amenities(house, "Moat")
    return house


@pytest.fixture
def delete(api):
    """`delete(listing, person)` over REST."""
    return lambda listing, person: api.as_(person).delete(f"/api/v1/properties/{listing.pk}")


@pytest.mark.parametrize("who", ["owner", "agent", "admin"])
def test_it_goes_with_its_pictures(delete, house, cast, who):
    cast.agent_profile  # noqa: B018
    assert delete(house, getattr(cast, who)).json()["message"] == "Property deleted successfully"
    assert not Property.objects.exists()
    assert not PropertyImage.objects.exists()


@pytest.mark.parametrize("who", ["stranger", "other_agent", "tenant"])
def test_others_may_not(delete, house, cast, who):
    cast.other_agent_profile  # noqa: B018
    answer = delete(house, getattr(cast, who))
    assert (answer.status_code, answer.json()["error"]["code"]) == (403, "NOT_YOUR_LISTING")
    assert Property.objects.exists()


@pytest.mark.parametrize("status", ["requested", "confirmed", "reschedule_suggested"])
def test_not_while_somebody_is_to_come(delete, house, cast, status):
    make_visit(cast.seeker, house, status=status)
    answer = delete(house, cast.owner)
    assert (answer.status_code, answer.json()["error"]["code"]) == (400, "PROPERTY_IN_USE")
    assert "somebody is to visit it" in answer.json()["detail"]
    assert Property.objects.exists()


def test_what_is_over_goes_with_it(delete, house, cast):
    make_visit(cast.seeker, house, status="completed", begins=at(days=-9))
    make_visit(cast.seeker, house, status="cancelled")
    make_visit(cast.seeker, house, status="requested", begins=at(days=-5))
    assert delete(house, cast.owner).status_code == 200
    assert not Visit.objects.exists()


def test_there_is_nothing_to_delete_twice(delete, house, cast):
    delete(house, cast.owner)
    assert delete(house, cast.owner).json()["error"]["code"] == "PROPERTY_NOT_FOUND"
