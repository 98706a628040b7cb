"""Of the other side of a meeting one sees what they show to others."""

import pytest

from apps.visits.serializers import CounterpartyOut
from tests.support.visits import make_visit

pytestmark = pytest.mark.django_db


@pytest.fixture
def shown(cast, api, listing):
    """`shown(person)` is the counterparty of a meeting, as that person sees them."""
    cast.tenant.email = "tara@example.com"
    cast.tenant.date_of_birth = "1990-01-15"
    cast.tenant.current_latitude = 28.4
    cast.tenant.preferences = {"budget_max": 5}
    cast.tenant.save()
    visit = make_visit(cast.seeker, listing, visit_context="flatmate_meet", counterparty=cast.tenant)
    return lambda person: api.as_(person).get(f"/api/v1/visits/{visit.pk}").json()["counterparty_user"]


PRIVATE = ("phone", "email", "date_of_birth", "preferences", "current_latitude", "privacy_settings", "agent_id")


def test_others_see_no_more_than_who_it_is(shown, cast):
    told = shown(cast.seeker)
    assert told.keys() == CounterpartyOut().fields.keys()
    assert (told["id"], told["full_name"], told["role"]) == (cast.tenant.pk, "Tara Tenant", "user")
    assert [told[name] for name in PRIVATE] == [None] * len(PRIVATE)
    assert told["supabase_user_id"] == ""


def test_what_somebody_shows_is_shown(shown, cast):
    cast.tenant.privacy_settings = {"show_phone": True, "show_email": False}
    cast.tenant.save()
    assert (shown(cast.seeker)["phone"], shown(cast.seeker)["email"]) == (cast.tenant.phone, None)


def test_staff_see_how_to_reach_them(shown, cast):
    told = shown(cast.admin)
    assert (told["phone"], told["email"], told["date_of_birth"]) == (cast.tenant.phone, "tara@example.com", None)
