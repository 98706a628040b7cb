"""Apps register themselves, with addresses that codes may be sent to."""

import pytest

from apps.oauth import rules
from tests.oauth.conftest import REDIRECT
from tests.support.client import Client

pytestmark = pytest.mark.django_db


def register(**changes):
    body = {"client_name": "App", "redirect_uris": [REDIRECT], **changes}
    return Client().post("/mcp/oauth/register", body)


def test_an_app_is_registered_as_public_whatever_it_asks_for():
    answer = register(token_endpoint_auth_method="client_secret_post", scope="mcp:read", contacts=["a@example.com"])
    assert answer.status_code == 201
    told = answer.json()
    assert told["client_id"].startswith("dyn_")
    assert told["client_id_issued_at"] > 1_700_000_000
    assert told["token_endpoint_auth_method"] == "none"
    assert "client_secret" not in told
    assert told["redirect_uris"] == [REDIRECT]
    assert told["grant_types"] == ["authorization_code", "refresh_token"]


def test_the_answer_tells_what_was_said_and_leaves_out_what_was_not():
    told = register(client_uri="https://app.example/").json()
    assert told["client_uri"] == "https://app.example/"
    assert "logo_uri" not in told
    assert None not in told.values()


@pytest.mark.parametrize(
    "uri",
    [
        "http://example.com/callback",
        "http://localhost.evil.example/callback",
        "http://127.0.0.1.evil.example/",
        "http://localhost@evil.example/",
        "https://good.example@evil.example/",
        "https://evil.example\\@good.example/",
        "https://example.com/callback#part",
        "https:///callback",
        "https://example.com:99999999/",
        "https://exa mple.com/",
        "javascript:alert(1)",
        "myapp://callback",
        "https://пример.example/",
        "",
        f"https://example.com/{'x' * 2000}",
    ],
)
def test_an_address_that_codes_must_not_go_to_is_refused(uri):
    answer = register(redirect_uris=[uri])
    assert answer.status_code == 400
    assert answer.json()["error"] in ("invalid_redirect_uri", "invalid_request")


@pytest.mark.parametrize("uri", ["https://example.com/cb?x=1", "http://localhost:8080/", "http://[::1]:1/cb"])
def test_an_address_that_is_fine_is_taken(uri):
    assert register(redirect_uris=[uri]).status_code == 201


@pytest.mark.parametrize(
    "changes",
    [
        {"redirect_uris": []},
        {"redirect_uris": [REDIRECT] * 11},
        {"redirect_uris": "text"},
        {"client_name": ""},
        {"client_name": "a\x00b"},
        {"grant_types": ["password"]},
        {"response_types": ["token"]},
        {"scope": "everything"},
        {"client_uri": "javascript:alert(1)"},
        {"client_uri": "https://exa mple.com/"},
        {"logo_uri": "data:text/html,x"},
    ],
)
def test_what_this_server_does_not_do_is_refused(changes):
    answer = register(**changes)
    assert answer.status_code == 400
    assert answer.json()["error_description"]


@pytest.mark.parametrize(
    "field", ['"client_name": "\\ud800"', '"contacts": ["\\ud800"]', '"redirect_uris": ["https://a.example/\\ud800"]']
)
def test_half_a_character_is_refused(field):
    body = f'{{"client_name": "App", "redirect_uris": ["{REDIRECT}"], {field}}}'
    answer = Client().post("/mcp/oauth/register", body, content_type="application/json")
    assert (answer.status_code, answer.json()["error"][:8]) == (400, "invalid_")


def test_registering_is_limited():
    statuses = [register().status_code for _ in range(21)]
    assert statuses == [201] * 20 + [429]


def test_both_addresses_answer():
    body = {"client_name": "App", "redirect_uris": [REDIRECT]}
    assert Client().post("/api/v1/mcp/oauth/register", body).status_code == 201


@pytest.mark.parametrize("path", ["", "/mcp/oauth"])
@pytest.mark.parametrize("name", ["oauth-authorization-server", "openid-configuration"])
def test_the_server_describes_itself(name, path):
    told = Client().get(f"/.well-known/{name}{path}").json()
    assert told["issuer"] == "http://127.0.0.1:3600/mcp/oauth"
    assert told["token_endpoint"] == "http://127.0.0.1:3600/mcp/oauth/token"
    assert told["code_challenge_methods_supported"] == ["S256"]
    assert told["scopes_supported"] == list(rules.SCOPES)


@pytest.mark.parametrize(("path", "resource"), [("", "/mcp"), ("/mcp", "/mcp"), ("/mcp-admin", "/mcp-admin")])
def test_each_resource_describes_itself(path, resource):
    told = Client().get(f"/.well-known/oauth-protected-resource{path}").json()
    assert told["resource"] == f"http://127.0.0.1:3600{resource}"
    assert told["authorization_servers"] == ["http://127.0.0.1:3600/mcp/oauth"]
