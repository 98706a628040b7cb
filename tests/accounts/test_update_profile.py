"""People change their own profile; only what they send is written."""

from datetime import date

import pytest

from apps.accounts.models import User
from ghar import clock

pytestmark = pytest.mark.django_db
ME = "/api/v1/users/me"


def years_ago(years: int) -> str:
    today = clock.today()
    return date(today.year - years, 1, 1).isoformat()


@pytest.fixture
def put(api, cast):
    return lambda url=ME, **body: api.as_(cast.seeker).put(url, body)


def field_of(answer):
    return answer.json()["detail"][0]["loc"]


@pytest.mark.parametrize("url", [ME, "/api/v1/users/profile", "/api/v1/users/me/", "/api/v1/api/v1/users/me"])
def test_only_given_fields_change(put, cast, url):
    cast.seeker.preferences = {"purpose": "buy"}
    cast.seeker.save()
    answer = put(url, full_name="  Sami <b>Bold</b> & Sons ", date_of_birth=years_ago(30))
    assert answer.status_code == 200
    body = answer.json()
    assert body["full_name"] == "Sami Bold &amp; Sons"
    assert (body["first_name"], body["last_name"]) == ("Sami", "Bold &amp; Sons")
    assert (body["phone"], body["preferences"]) == (cast.seeker.phone, {"purpose": "buy"})


def test_json_objects_are_replaced_whole(put, cast):
    put(preferences={"a": 1, "b": 2})
    assert put(preferences={"c": 3}).json()["preferences"] == {"c": 3}
    assert put(preferences=None).json()["preferences"] == {}


def test_a_changed_phone_is_unverified(put):
    body = put(phone="98765 43210").json()
    assert (body["phone"], body["phone_verified"], body["is_verified"]) == ("+919876543210", False, False)


def test_the_same_phone_stays_verified(put, cast):
    assert put(phone=cast.seeker.phone).json()["phone_verified"] is True


def test_blank_email_and_phone_are_null(put):
    body = put(email="", phone="").json()
    assert (body["email"], body["phone"]) == (None, None)


def test_what_others_have_is_refused_and_nothing_is_written(put, cast):
    User.objects.create(email="taken@ghar.example", email_verified=True)
    for taken in ({"email": "Taken@ghar.example"}, {"phone": cast.owner.phone}):
        answer = put(full_name="Changed Name", **taken)
        assert answer.status_code == 400
        error = answer.json()["error"]
        assert "Data integrity constraint violated" in error["message"]
        assert error["details"]["fields"] == list(taken)
    cast.seeker.refresh_from_db()
    assert cast.seeker.full_name == "Sami Seeker"


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("full_name", "x"),
        ("full_name", "a\x00b"),
        ("full_name", ["a"]),
        ("email", "not an address"),
        ("phone", "12345"),
        ("phone", "phone"),
        ("date_of_birth", "2024-02-30"),
        ("date_of_birth", "yesterday"),
        ("date_of_birth", years_ago(3)),
        ("date_of_birth", years_ago(150)),
        ("current_latitude", 91),
        ("current_longitude", -180.1),
        ("current_latitude", "north"),
        ("preferences", ["a"]),
        ("preferences", {"a": "b\x00"}),
        ("preferences", "text"),
        ("privacy_settings", 1),
    ],
)
def test_a_wrong_value_names_its_field(put, cast, field, value):
    answer = put(**{field: value})
    assert answer.status_code == 422
    assert field_of(answer) == ["body", field]
    assert answer.json()["error"]["code"] == "VALIDATION_ERROR"


def test_a_picture_has_a_web_address(put):
    answer = put(profile_image_url="javascript:alert(1)")
    assert answer.status_code == 400
    assert "profile_image_url" in answer.json()["error"]["message"]


def test_role_and_flags_are_not_for_the_asking(put, cast):
    body = put(role="admin", is_active=False, email_verified=True, id=1, supabase_user_id="x").json()
    assert (body["role"], body["is_active"], body["email_verified"]) == ("user", True, False)
    assert body["id"] == cast.seeker.id


def test_another_phone_by_its_own_operation(put, cast):
    assert put("/api/v1/users/me/phone", phone="+1 (415) 555-2671").json()["phone"] == "+14155552671"
    assert put("/api/v1/users/me/phone", phone=cast.owner.phone).status_code == 400
    assert put("/api/v1/users/me/phone", phone="").status_code == 422
    assert put("/api/v1/users/me/phone").status_code == 422
