"""A failure has the newer form for clients that name the protocol version, and the older one for the others."""

import pytest

from tests.identity.wire import PHONE, Wire

pytestmark = pytest.mark.django_db


def test_with_the_version_header_codes_are_text(wire: Wire) -> None:
    refused = wire.password(PHONE, "x")
    assert refused.json() == {"code": "invalid_credentials", "message": "Invalid login credentials"}
    assert refused["X-Supabase-Api-Version"] == "2024-01-01"


def test_without_it_the_code_is_the_status(wire: Wire) -> None:
    refused = wire.with_headers(HTTP_X_SUPABASE_API_VERSION=None).password(PHONE, "x")
    assert refused.json() == {
        "code": 400,
        "error_code": "invalid_credentials",
        "msg": "Invalid login credentials",
    }
    assert "X-Supabase-Api-Version" not in refused


def test_successes_name_the_version_too(wire: Wire) -> None:
    assert wire.get(".well-known/jwks.json")["X-Supabase-Api-Version"] == "2024-01-01"


def test_reasons_of_a_weak_password_are_in_the_older_form_too(wire: Wire) -> None:
    old = wire.with_headers(HTTP_X_SUPABASE_API_VERSION=None)
    body = old.post("signup", {"phone": PHONE, "password": "qq"}).json()
    assert (body["code"], body["error_code"]) == (422, "weak_password")
    assert "length" in body["weak_password"]["reasons"]


def test_what_no_view_answers_has_the_form_as_well(wire: Wire) -> None:
    assert wire.get("nowhere").json() == {"code": "not_found", "message": "There is no such path."}
    assert wire.get("token").json()["code"] == "method_not_allowed"


def test_browsers_may_read_the_version_header(wire: Wire) -> None:
    answer = wire.with_headers(HTTP_ORIGIN="http://localhost:5173").password(PHONE, "x")
    assert answer["Access-Control-Allow-Origin"] == "http://localhost:5173"
    assert "x-supabase-api-version" in answer["Access-Control-Expose-Headers"].lower()


def test_a_slash_at_the_end_changes_nothing(wire: Wire) -> None:
    assert wire.post("otp/", {"phone": PHONE}).status_code == 200
