"""Out to Google and back: state, cookie, nonce and challenge all have to fit; our own code works once."""

import base64
import hashlib
from datetime import timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from apps.identity.models import SignInFlow
from ghar import clock
from tests.identity.google_double import Google
from tests.identity.wire import EMAIL, Wire

pytestmark = pytest.mark.django_db

VERIFIER = "a-verifier-of-forty-three-characters-or-more-0123"
CHALLENGE = base64.urlsafe_b64encode(hashlib.sha256(VERIFIER.encode()).digest()).rstrip(b"=").decode()
PAGE = "http://localhost:5173/signed-in?tab=1"


def _query(url: str) -> dict[str, str]:
    return {name: values[0] for name, values in parse_qs(urlsplit(url).query).items()}


def _go(wire: Wire, **more: str) -> dict[str, str]:
    """To Google; answers what Google is told."""
    asked = {
        "provider": "google",
        "redirect_to": PAGE,
        "code_challenge": CHALLENGE,
        "code_challenge_method": "s256",
        **more,
    }
    out = wire.get("authorize", **asked)
    assert out.status_code == 302, out.content
    return _query(out["Location"])


def _return(wire: Wire, google: Google, told: dict[str, str], **claims: Any) -> Any:
    return wire.get("callback", state=told["state"], code=google.consent(told["nonce"], **claims))


def test_a_browser_comes_back_with_a_code_that_its_verifier_exchanges(
    wire: Wire, google: Google, settings: Any
) -> None:
    told = _go(wire)
    assert told["client_id"] == settings.GOOGLE_WEB_CLIENT_ID
    assert told["redirect_uri"] == f"{settings.PUBLIC_BASE_URL}/auth/v1/callback"
    back = _return(wire, google, told)
    assert back.status_code == 302
    assert back["Location"].startswith("http://localhost:5173/signed-in?")
    assert _query(back["Location"])["tab"] == "1"
    assert google.forms[0]["redirect_uri"] == told["redirect_uri"]

    code = _query(back["Location"])["code"]
    session = wire.post("token?grant_type=pkce", {"auth_code": code, "code_verifier": VERIFIER})

    assert session.status_code == 200, session.json()
    user = session.json()["user"]
    assert (user["email"], user["app_metadata"]["providers"]) == (EMAIL, ["google"])
    assert user["user_metadata"]["full_name"] == "Asha Rao"
    assert user["identities"][0]["id"] == "google-1234"
    again = wire.post("token?grant_type=pkce", {"auth_code": code, "code_verifier": VERIFIER})
    assert (again.status_code, again.json()["code"]) == (404, "flow_state_not_found")


@pytest.mark.parametrize("verifier", ["", "another-verifier-of-forty-three-characters-or-more"])
def test_a_verifier_that_does_not_fit_is_refused(wire: Wire, google: Google, verifier: str) -> None:
    code = _query(_return(wire, google, _go(wire))["Location"])["code"]
    refused = wire.post("token?grant_type=pkce", {"auth_code": code, "code_verifier": verifier})
    assert (refused.status_code, refused.json()["code"]) == (400, "bad_code_verifier")
    right = wire.post("token?grant_type=pkce", {"auth_code": code, "code_verifier": VERIFIER})
    assert right.status_code == 404


def test_without_a_challenge_only_the_empty_verifier_is_taken(wire: Wire, google: Google) -> None:
    def code() -> str:
        return _query(_return(wire, google, _go(wire, code_challenge=""))["Location"])["code"]

    assert wire.post("token?grant_type=pkce", {"auth_code": code(), "code_verifier": "x"}).status_code == 400
    assert wire.post("token?grant_type=pkce", {"auth_code": code(), "code_verifier": ""}).status_code == 200


def test_a_plain_challenge_is_compared_as_it_is(wire: Wire, google: Google) -> None:
    told = _go(wire, code_challenge=VERIFIER, code_challenge_method="plain")
    code = _query(_return(wire, google, told)["Location"])["code"]
    assert wire.post("token?grant_type=pkce", {"auth_code": code, "code_verifier": VERIFIER}).status_code == 200


def test_another_browser_cannot_finish_the_flow(wire: Wire, google: Google) -> None:
    told = _go(wire)
    wire.client.cookies.clear()
    refused = _return(wire, google, told)
    assert (refused.status_code, refused.json()["code"]) == (400, "bad_oauth_state")


def test_a_state_works_once(wire: Wire, google: Google) -> None:
    told = _go(wire)
    cookie = wire.client.cookies["ghar_sign_in"].value
    _return(wire, google, told)
    wire.client.cookies["ghar_sign_in"] = cookie
    assert _return(wire, google, told).json()["code"] == "bad_oauth_state"


def test_a_flow_that_took_too_long_is_over(wire: Wire, google: Google) -> None:
    told = _go(wire)
    SignInFlow.objects.update(expires_at=clock.now() - timedelta(seconds=1))
    assert _return(wire, google, told).json()["code"] == "bad_oauth_state"


def test_a_token_for_another_request_comes_back_as_an_error(wire: Wire, google: Google) -> None:
    told = _go(wire)
    back = _return(wire, google, {**told, "nonce": "somebody else's"})
    assert _query(back["Location"])["error"] == "server_error"
    assert "code" not in _query(back["Location"])


def test_a_person_who_says_no_comes_back_with_the_refusal(wire: Wire, google: Google) -> None:
    back = wire.get("callback", state=_go(wire)["state"], error="access_denied")
    assert back["Location"].startswith("http://localhost:5173/signed-in?")
    assert _query(back["Location"])["error"] == "access_denied"


def test_a_code_that_google_refuses_comes_back_as_an_error(wire: Wire, google: Google) -> None:
    back = wire.get("callback", state=_go(wire)["state"], code="made up")
    assert _query(back["Location"])["error_code"] == "EXTERNAL_SERVICE_ERROR"


@pytest.mark.parametrize(
    "target",
    [
        "https://evil.example/",
        "//evil.example",
        "javascript:alert(1)",
        "http://user@localhost/",
        "https://app.example.evil.example/",
        "https://app.example/in/../out",
        "https://app.example/in/%2e%2e/out",
        "https://app.example/other",
        "ghar://elsewhere",
        "relative/path",
        "http://[",
    ],
)
def test_browsers_are_sent_to_known_places_only(wire: Wire, google: Google, settings: Any, target: str) -> None:
    settings.IDENTITY_REDIRECTS = ["https://app.example/in", "ghar://sign-in"]
    refused = wire.get("authorize", provider="google", redirect_to=target)
    assert refused.status_code == 400
    assert "redirect_to" in refused.json()["message"]


@pytest.mark.parametrize("target", ["https://app.example/in", "https://app.example/in/there?a=1", "ghar://sign-in"])
def test_configured_places_are_known(wire: Wire, google: Google, settings: Any, target: str) -> None:
    settings.IDENTITY_REDIRECTS = ["https://app.example/in", "ghar://sign-in"]
    back = _return(wire, google, _go(wire, redirect_to=target))
    assert back["Location"].startswith(target.split("?")[0])


def test_production_does_not_send_browsers_to_loopback(wire: Wire, google: Google, settings: Any) -> None:
    settings.ENVIRONMENT = "production"
    settings.PUBLIC_BASE_URL = "https://ghar.example"
    assert wire.get("authorize", provider="google", redirect_to=PAGE).status_code == 400


def test_without_google_the_answer_names_what_is_missing(wire: Wire) -> None:
    refused = wire.get("authorize", provider="google")
    assert (refused.status_code, refused.json()["code"]) == (400, "provider_disabled")
    assert "GOOGLE_CLIENT_SECRET" in refused.json()["message"]


@pytest.mark.parametrize(("name", "value"), [("code_challenge", "short"), ("code_challenge_method", "md5")])
def test_a_challenge_must_look_like_one(wire: Wire, google: Google, name: str, value: str) -> None:
    refused = wire.get("authorize", provider="google", **{"code_challenge": CHALLENGE, name: value})
    assert refused.json()["code"] == "validation_failed"
    assert name in refused.json()["message"]
