"""Wrong bodies for the caller's own profile: refused by name, and nothing is written."""

from typing import Any

import orjson
import pytest

from apps.accounts.models import User

ME = "/api/v1/users/me"
SETTINGS = "/api/v1/users/notification-settings"
PREFERENCES = "/api/v1/users/preferences"


def rows() -> list[dict[str, Any]]:
    """What is stored of everybody."""
    return list(User.objects.order_by("pk").values())


def send(api: Any, path: str, body: Any, **more: Any) -> Any:
    """PUT anything: bytes go out as they are."""
    content = body if isinstance(body, bytes) else orjson.dumps(body)
    return api.generic("PUT", path, content, content_type=more.pop("content_type", "application/json"), **more)


@pytest.mark.parametrize(
    ("path", "field", "value"),
    [
        # wrong types
        (ME, "full_name", ["Asha"]),
        (ME, "full_name", {"first": "Asha"}),
        (ME, "full_name", True),
        (ME, "email", 7),
        (ME, "phone", {}),
        (ME, "date_of_birth", 19990101),
        (ME, "current_latitude", "north"),
        (ME, "current_latitude", [28.4]),
        (ME, "preferences", "all"),
        (ME, "preferences", ["all"]),
        (ME, "notification_settings", 1),
        (ME, "profile_image_url", {}),
        (SETTINGS, "push_notifications", "perhaps"),
        (SETTINGS, "email_notifications", [True]),
        (PREFERENCES, "bedrooms_min", "two"),
        (PREFERENCES, "property_type", "villa"),
        (PREFERENCES, "location_preference", {"city": "Pune"}),
        # out of range, off the globe
        (ME, "current_latitude", 90.1),
        (ME, "current_longitude", -180.1),
        (ME, "current_latitude", "nan"),
        (ME, "current_longitude", "inf"),
        (PREFERENCES, "bedrooms_min", 101),
        (PREFERENCES, "budget_min", -1),
        (PREFERENCES, "budget_max", 1.7e308),
        (PREFERENCES, "max_distance_km", 2**63),
        # dates that do not exist, and people who are not born yet or too old
        (ME, "date_of_birth", "1999-02-29"),
        (ME, "date_of_birth", "1999-13-01"),
        (ME, "date_of_birth", "0000-00-00"),
        (ME, "date_of_birth", "0001-01-01"),
        (ME, "date_of_birth", "9999-12-31"),
        (ME, "date_of_birth", "yesterday"),
        # not an address, not a number
        (ME, "email", "asha"),
        (ME, "email", "asha@@example.com"),
        (ME, "email", "a" * 300 + "@example.com"),
        (ME, "email", "asha\x00@example.com"),
        (ME, "phone", "12"),
        (ME, "phone", "nine eight one"),
        (ME, "phone", "9" * 33),
        (ME, "phone", "+919810\x00000001"),
        # texts that PostgreSQL cannot keep, and texts without end
        (ME, "full_name", "Asha\x00"),
        (ME, "full_name", "x" * 1001),
        (ME, "full_name", "x"),
        (ME, "profile_image_url", "https://pictures.example/" + "x" * 500),
        (ME, "profile_image_url", "https://pictures.example/\x00"),
        (ME, "preferences", {"a": "\x00"}),
        (ME, "preferences", {"\x00": 1}),
        (ME, "preferences", {"a": ["b", {"c": "d\x00"}]}),
        (ME, "preferences", {"a": "x" * 70_000}),
        (PREFERENCES, "location_preference", ["\x00"]),
        (PREFERENCES, "location_preference", ["x"] * 51),
    ],
)
def test_a_wrong_value_is_refused_by_name(path, field, value, api, cast):
    client = api.as_(cast.tenant)
    before = rows()
    answer = send(client, path, {field: value})
    body = answer.json()
    assert answer.status_code == 422, body
    assert body["error"]["code"] == "VALIDATION_ERROR"
    assert {tuple(wrong["loc"][:2]) for wrong in body["detail"]} == {("body", field)}
    assert rows() == before


@pytest.mark.parametrize(
    "content",
    [
        b"{",
        b'{"full_name": }',
        b'{"full_name": "Asha",}',
        b"{'full_name': 'Asha'}",
        b"\xff\xfe{}",
        b'{"full_name": "\xed\xa0\x80"}',
        b'{"full_name": "\\ud800"}',
        b'{"current_latitude": NaN}',
        b'{"current_latitude": Infinity}',
        b'{"full_name": "a\x00b"}',
        b"[" * 5000,
        b'{"a":' * 5000,
        b"null",
        b"7",
        b'"Asha"',
        b"[]",
        b'[{"full_name": "Asha"}]',
        b"full_name=Asha",
        b"<user/>",
    ],
)
def test_a_body_that_is_no_object_is_refused(content, api, cast):
    client = api.as_(cast.tenant)
    before = rows()
    answer = send(client, ME, content)
    assert answer.status_code == 422, answer.content
    assert answer.json()["error"]["code"] == "VALIDATION_ERROR"
    assert answer.json()["detail"][0]["loc"] == ["body"]
    assert rows() == before


@pytest.mark.parametrize(
    ("field", "number"),
    [
        ("current_latitude", b"1e400"),
        ("current_latitude", b"9" * 400),
        ("current_longitude", b"-" + b"9" * 5000),
        ("date_of_birth", b"1e5"),
    ],
)
def test_a_number_beyond_all_numbers_is_refused(field, number, api, cast):
    client = api.as_(cast.tenant)
    before = rows()
    answer = send(client, ME, b'{"' + field.encode() + b'": ' + number + b"}")
    assert answer.status_code == 422, answer.content
    assert rows() == before


@pytest.mark.parametrize("number", [2**63, -(2**64), 10**30, 1.7976931348623157e308, 5e-324])
def test_a_large_number_in_an_open_object_is_kept_or_refused(number, api, cast):
    answer = send(api.as_(cast.tenant), ME, b'{"preferences": {"n": ' + str(number).encode() + b"}}")
    assert answer.status_code in (200, 422), answer.content
    again = api.as_(cast.tenant).get(ME)
    assert again.status_code == 200


@pytest.mark.parametrize(
    "name",
    [
        "Robert'); DROP TABLE users; --",
        "%s %(name)s {0}",
        "आशा शर्मा",
        "José \U0001f3e0",
        "\u202eahsA",
    ],
)
def test_an_odd_name_is_only_a_name(name, api, cast):
    answer = send(api.as_(cast.tenant), ME, {"full_name": name})
    assert answer.status_code == 200, answer.json()
    assert User.objects.get(pk=cast.tenant.pk).full_name == answer.json()["full_name"]


def test_unknown_fields_are_ignored(api, cast):
    answer = send(api.as_(cast.tenant), ME, {"role": "admin", "is_active": False, "id": 1, "full_name": "Tara T"})
    assert answer.status_code == 200
    stored = User.objects.get(pk=cast.tenant.pk)
    assert (stored.role, stored.is_active, stored.full_name) == ("user", True, "Tara T")


@pytest.mark.parametrize(
    ("content_type", "status"),
    [
        ("application/xml", 415),
        ("application/x-www-form-urlencoded", 415),
        ("application/octet-stream", 415),
        ("nonsense", 415),
        ("application/json; charset=utf-16", 422),
    ],
)
def test_a_body_of_another_kind_is_refused(content_type, status, api, cast):
    client = api.as_(cast.tenant)
    before = rows()
    answer = send(client, ME, b"\x00\x01", content_type=content_type)
    assert answer.status_code == status, answer.content
    assert answer.json()["error"]["code"] in ("UNSUPPORTED_MEDIA_TYPE", "VALIDATION_ERROR")
    assert rows() == before


def test_a_body_over_the_limit_is_refused(api, cast):
    client = api.as_(cast.tenant)
    before = rows()
    answer = send(client, ME, b'{"full_name": "' + b"x" * (2 * 1024 * 1024) + b'"}')
    assert (answer.status_code, answer.json()["error"]["code"]) == (413, "BODY_TOO_LARGE")
    assert rows() == before
