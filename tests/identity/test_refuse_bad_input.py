"""Bad input is a 4xx that names the field, in both forms of the protocol, and never a 500."""

from typing import Any

import pytest

from tests.identity.wire import PHONE, Wire

pytestmark = pytest.mark.django_db

BAD: list[tuple[str, Any, str]] = [
    ("token?grant_type=password", {"phone": PHONE}, "password"),
    ("token?grant_type=password", {"password": "x"}, "email"),
    ("token?grant_type=password", {"phone": "not a phone", "password": "x"}, "phone"),
    ("token?grant_type=password", {"phone": ["9"], "password": "x"}, "phone"),
    ("token?grant_type=password", {"email": "nobody", "password": "x"}, "email"),
    ("token?grant_type=password", {"phone": PHONE, "password": {"a": 1}}, "password"),
    ("token?grant_type=password", {"phone": PHONE, "password": "x" * 300}, "password"),
    ("token?grant_type=password", {"phone": PHONE, "password": "nul\x00"}, "password"),
    ("token?grant_type=password", {"phone": PHONE, "email": "a@b.co", "password": "x"}, "email"),
    ("token?grant_type=refresh_token", {}, "refresh_token"),
    ("token?grant_type=refresh_token", {"refresh_token": None}, "refresh_token"),
    ("token?grant_type=refresh_token", {"refresh_token": "\x00"}, "refresh_token"),
    ("token?grant_type=pkce", {"code_verifier": "x"}, "auth_code"),
    ("token?grant_type=id_token", {"id_token": "x"}, "provider"),
    ("token?grant_type=saml", {}, "grant_type"),
    ("token", {}, "grant_type"),
    ("otp", {}, "email"),
    ("otp", {"phone": "9" * 5000}, "phone"),
    ("otp", {"phone": "12\x0045678901"}, "phone"),
    ("otp", {"phone": True}, "phone"),
    ("otp", {"email": "a" * 300 + "@b.co"}, "email"),
    ("otp", {"phone": PHONE, "data": "text"}, "data"),
    ("otp", {"phone": PHONE, "data": {"a": "x" * 5000}}, "data"),
    ("otp", {"phone": PHONE, "data": {"a": {"b\x00": 1}}}, "data"),
    ("otp", {"phone": PHONE, "create_user": "perhaps"}, "create_user"),
    ("verify", {"phone": PHONE, "token": "1"}, "type"),
    ("verify", {"phone": PHONE, "token": "1", "type": "fax"}, "type"),
    ("verify", {"phone": PHONE, "type": "sms"}, "token"),
    ("verify", {"phone": PHONE, "type": "sms", "token": "9" * 1000}, "token"),
    ("signup", {"phone": PHONE}, "password"),
    ("signup", {"password": "a fine day in Pune"}, "email"),
    ("resend", {"phone": PHONE}, "type"),
    ("recover", {"email": 7}, "email"),
]


@pytest.mark.parametrize(("path", "body", "field"), BAD)
def test_a_wrong_value_is_named(wire: Wire, path: str, body: Any, field: str) -> None:
    refused = wire.post(path, body)
    assert refused.status_code == 400, refused.content
    assert refused.json()["code"] == "validation_failed"
    assert field in refused.json()["message"]


@pytest.mark.parametrize("body", [b"{", b"\xff\xfe", b"nul\x00", b'"\\ud800"'])
def test_what_is_no_json_is_told_so(wire: Wire, body: bytes) -> None:
    refused = wire.client.post("/auth/v1/otp", body, content_type="application/json", **wire.headers)
    assert (refused.status_code, refused.json()["code"]) == (400, "bad_json")


@pytest.mark.parametrize("body", [b"[]", b"7", b'"text"', b"null"])
def test_json_that_is_no_object_is_refused(wire: Wire, body: bytes) -> None:
    refused = wire.client.post("/auth/v1/otp", body, content_type="application/json", **wire.headers)
    assert (refused.status_code, refused.json()["code"]) == (400, "validation_failed")


def test_another_content_type_is_refused(wire: Wire) -> None:
    refused = wire.client.post("/auth/v1/otp", b"<a/>", content_type="text/xml", **wire.headers)
    assert (refused.status_code, refused.json()["code"]) == (415, "unsupported_media_type")
