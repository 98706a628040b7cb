"""Which questions are put to a person, and which are refused at once."""

import pytest

from apps.oauth.models import AuthorizationRequest
from tests.oauth.conftest import REDIRECT, STAFF_RESOURCE, App
from tests.support.client import Client

pytestmark = pytest.mark.django_db


def test_a_question_leads_to_the_consent_page(app):
    answer = app.authorize()
    assert answer.status_code == 307
    assert answer["Location"].startswith("http://127.0.0.1:3600/mcp/oauth/consent?session=")
    assert answer["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"response_type": "token"}, "unsupported_response_type"),
        ({"client_id": "dyn_unknown"}, "invalid_client"),
        ({"redirect_uri": None}, "invalid_request"),
        ({"redirect_uri": "https://evil.example/callback"}, "invalid_request"),
        ({"redirect_uri": "http://localhost.evil.example/callback"}, "invalid_request"),
        ({"redirect_uri": f"{REDIRECT}/more"}, "invalid_request"),
        ({"redirect_uri": f"{REDIRECT}?x=1"}, "invalid_request"),
        ({"redirect_uri": "http://user@127.0.0.1:33418/callback"}, "invalid_request"),
        ({"redirect_uri": "http://127.0.0.1:33418@evil.example/callback"}, "invalid_request"),
        ({"redirect_uri": f"{REDIRECT}#part"}, "invalid_request"),
        ({"redirect_uri": f"{REDIRECT}#"}, "invalid_request"),
        ({"redirect_uri": f"{REDIRECT}/../callback"}, "invalid_request"),
        ({"redirect_uri": REDIRECT.upper()}, "invalid_request"),
        ({"redirect_uri": REDIRECT.replace("http:", "https:")}, "invalid_request"),
        ({"redirect_uri": REDIRECT.replace("127.0.0.1", "127.0.0.2")}, "invalid_request"),
        ({"redirect_uri": REDIRECT.replace("127.0.0.1", "localhost")}, "invalid_request"),
        ({"redirect_uri": "javascript:alert(1)"}, "invalid_request"),
        ({"redirect_uri": "//127.0.0.1:33418/callback"}, "invalid_request"),
        ({"code_challenge": None}, "invalid_request"),
        ({"code_challenge": "short"}, "invalid_request"),
        ({"code_challenge_method": None}, "invalid_request"),
        ({"code_challenge_method": "plain"}, "invalid_request"),
        ({"scope": "mcp:read everything"}, "invalid_scope"),
        ({"scope": "offline_access"}, "invalid_scope"),
        ({"resource": "https://evil.example/mcp"}, "invalid_target"),
        ({"resource": "http://127.0.0.1:3600"}, "invalid_target"),
        ({"resource": ["http://127.0.0.1:3600/mcp", STAFF_RESOURCE]}, "invalid_target"),
        ({"state": "x" * 2001}, "invalid_request"),
        ({"state": ["a", "b"]}, "invalid_request"),
        ({"redirect_uri": [REDIRECT, "https://evil.example/callback"]}, "invalid_request"),
        ({"redirect_uri": ["https://evil.example/callback", REDIRECT]}, "invalid_request"),
        ({"scope": ["mcp:read", "mcp:write"]}, "invalid_request"),
    ],
)
def test_a_question_that_cannot_be_put_is_refused_here(app, changes, error):
    """Never by a redirect: clients know these as a page of their browser."""
    answer = app.authorize(**changes)
    assert (answer.status_code, answer.json()["error"]) == (400, error)
    assert not AuthorizationRequest.objects.exists()


@pytest.mark.parametrize("host", ["127.0.0.1", "[::1]", "localhost"])
def test_a_callback_on_this_machine_may_have_any_port(host):
    registered = f"http://{host}/callback?x=1"
    told = Client().post("/mcp/oauth/register", {"client_name": "App", "redirect_uris": [registered]}).json()
    app = App(told["client_id"])
    assert app.authorize(redirect_uri=registered).status_code == 307
    assert app.authorize(redirect_uri=f"http://{host}:50123/callback?x=1").status_code == 307
    for wrong in (f"http://{host}:50123/callback?x=2", f"http://{host}:99999/callback?x=1", f"http://{host}:1/?x=1"):
        assert app.authorize(redirect_uri=wrong).status_code == 400


def test_elsewhere_the_port_counts():
    body = {"client_name": "App", "redirect_uris": ["https://app.example/callback"]}
    app = App(Client().post("/mcp/oauth/register", body).json()["client_id"])
    assert app.authorize(redirect_uri="https://app.example/callback").status_code == 307
    for wrong in (
        "https://app.example:8443/callback",
        "https://app.example/callback/",
        "https://app.example/callback?",
    ):
        assert app.authorize(redirect_uri=wrong).status_code == 400


def test_without_a_resource_the_server_for_users_is_meant(app):
    app.session(resource=None)
    assert AuthorizationRequest.objects.get().resource.endswith("/mcp")


def test_the_platforms_own_client_need_not_register(app):
    app.client_id = "ghar360-mcp"
    assert app.authorize(redirect_uri="http://localhost:3000/callback").status_code == 307
    assert app.authorize(redirect_uri="https://chatgpt.com/connector/oauth/abc").status_code == 307
    for way_out in ("..", "%2e%2e", ".%2E"):
        assert app.authorize(redirect_uri=f"https://chatgpt.com/connector/oauth/{way_out}/x").status_code == 400


def test_nobody_elses_client_has_its_callbacks(app):
    assert app.authorize(redirect_uri="https://chatgpt.com/connector/oauth/abc").status_code == 400


def test_the_secret_of_the_page_is_not_stored(app):
    session = app.session()
    assert session not in str(AuthorizationRequest.objects.values().get())
