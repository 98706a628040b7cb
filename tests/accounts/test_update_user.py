"""Profiles changed by staff, and by their people under their own number."""

import pytest

pytestmark = pytest.mark.django_db
CHANGES = {"full_name": "Another Name", "email": "another@example.com", "preferences": {"purpose": "rent"}}


def put(api, who, user_id, changes=CHANGES):
    answer = api.as_(who).put(f"/api/v1/users/{user_id}", changes)
    return answer.status_code, answer.json()


def test_an_admin_changes_every_field(api, cast):
    status, person = put(api, cast.admin, cast.tenant.pk)
    assert status == 200
    assert {name: person[name] for name in CHANGES} == CHANGES


@pytest.mark.parametrize("who", ["owner", "agent"])
def test_people_change_themselves(api, cast, who):
    person = getattr(cast, who)
    status, changed = put(api, person, person.pk)
    assert (status, changed["email"]) == (200, CHANGES["email"])


def test_an_agent_does_not_change_how_a_customer_is_reached(api, cast):
    assert cast.agent_profile
    status, person = put(api, cast.agent, cast.owner.pk, {**CHANGES, "phone": "+919811111111", "current_latitude": 1})
    assert (status, person["full_name"], person["preferences"]) == (200, "Another Name", {"purpose": "rent"})
    assert (person["email"], person["phone"], person["current_latitude"]) == (None, cast.owner.phone, None)


@pytest.mark.parametrize(
    ("who", "whom"),
    [("owner", "tenant"), ("agent", "tenant"), ("agent", "admin"), ("other_agent", "owner"), ("tenant", "admin")],
)
def test_nobody_changes_strangers(api, cast, who, whom):
    assert cast.agent_profile.pk < cast.other_agent_profile.pk
    target = getattr(cast, whom)
    before = target.full_name
    status, body = put(api, getattr(cast, who), target.pk)
    target.refresh_from_db()
    assert (status, body["error"]["code"], target.full_name) == (403, "NOT_YOUR_PERSON", before)


def test_who_is_not_there_is_told_to_staff_only(api, cast):
    assert put(api, cast.admin, 987654321)[1]["error"]["code"] == "USER_NOT_FOUND"
    assert put(api, cast.owner, 987654321)[1]["error"]["code"] == "NOT_YOUR_PERSON"


@pytest.mark.parametrize("field", ["role", "is_active", "is_verified", "agent_id", "supabase_user_id", "id"])
def test_what_no_profile_holds_is_ignored(api, cast, field):
    before = put(api, cast.owner, cast.owner.pk, {})[1]
    status, after = put(api, cast.owner, cast.owner.pk, {field: "admin"})
    assert (status, after[field]) == (200, before[field])


def test_a_taken_phone_is_refused(api, cast):
    status, body = put(api, cast.admin, cast.owner.pk, {"phone": cast.tenant.phone})
    assert (status, body["error"]["details"]) == (400, {"fields": ["phone"]})


def test_a_wrong_field_is_named(api, cast):
    status, body = put(api, cast.admin, cast.owner.pk, {"date_of_birth": "2024-01-01"})
    assert (status, body["detail"][0]["loc"]) == (422, ["body", "date_of_birth"])
