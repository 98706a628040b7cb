"""Apps whose id is the address of a document that describes them."""

import json
from datetime import timedelta

import pytest

from apps.oauth.models import AuthorizationRequest, Client
from apps.oauth.services import tokens
from ghar import clock
from tests.oauth.conftest import PASSWORD, REDIRECT, RESOURCE
from tests.oauth.conftest import App as Wire
from tests.support import https
from tests.support.client import Client as Api

pytestmark = pytest.mark.django_db


class Described(Wire):
    """An app with a document; `say` changes what is in it."""

    def __init__(self, site):
        super().__init__(f"{site.base}/apps/finder.json")
        self.site = site
        self.say()

    @property
    def host(self):
        return self.site.base.removeprefix("https://")

    def say(self, *, headers=None, **changes):
        document = {
            "client_id": self.client_id,
            "client_name": "Home finder",
            "redirect_uris": [REDIRECT, "https://finder.example/back"],
            "grant_types": ["authorization_code", "refresh_token"],
            "token_endpoint_auth_method": "none",
            "logo_uri": "https://finder.example/logo.png",
            **changes,
        }
        body = json.dumps({name: value for name, value in document.items() if value is not None}).encode()
        self.site.answer = https.said(body, **(headers or {}))

    def refusal(self, **changes):
        """What a browser is told that comes with this app's question."""
        answer = self.authorize(**changes)
        assert answer.status_code == 400, answer.content
        return answer.json()["error"], answer.json()["error_description"]


@pytest.fixture
def described(tmp_path, monkeypatch, settings):
    settings.OUTBOUND_PRIVATE_NETWORKS = ["127.0.0.0/8", "::1/128"]
    with https.site(tmp_path) as site:
        monkeypatch.setenv("SSL_CERT_FILE", str(site.certificate))
        yield Described(site)


def test_the_server_says_that_it_reads_them():
    assert Api().get("/.well-known/oauth-authorization-server").json()["client_id_metadata_document_supported"] is True


def test_an_app_that_never_registered_is_connected(described, tenant, cast):
    given = described.tokens(tenant)
    assert tokens.system_actor_for(given["access_token"], RESOURCE).user == cast.tenant
    assert described.refresh(given["refresh_token"]).status_code == 200
    assert described.site.asked == ["/apps/finder.json"]
    told = Api().as_(cast.tenant).get("/api/v1/users/me/connected-apps").json()["items"][0]
    assert (told["name"], told["host"]) == ("Home finder", described.host)


def test_consent_names_the_host_that_the_name_is_the_word_of(described, app):
    page = described.browser.get("/mcp/oauth/consent", {"session": described.session()}).content.decode()
    assert f"It is from <strong>{described.host}</strong>" in page
    assert "http://127.0.0.1:33418, a program on the device in front of you" in page
    other = described.browser.get(
        "/mcp/oauth/consent", {"session": described.session(redirect_uri="https://finder.example/back")}
    ).content.decode()
    assert "a program on the device" not in other
    registered = app.browser.get("/mcp/oauth/consent", {"session": app.session()}).content.decode()
    assert "It calls itself so; nobody has checked that." in registered


def test_callbacks_are_the_documents_alone(described):
    assert described.authorize(redirect_uri="http://127.0.0.1:50999/callback").status_code == 307
    assert described.authorize(redirect_uri="https://finder.example/back").status_code == 307
    for uri in ("https://finder.example/back/", "https://evil.example/back", f"{described.site.base}/back"):
        assert described.refusal(redirect_uri=uri) == ("invalid_request", "redirect_uri is not one of the client's")


def test_a_document_is_read_once_while_it_counts_and_again_later(described, tenant):
    described.session()
    described.session()
    assert len(described.site.asked) == 1
    Client.objects.update(document_until=clock.now())
    described.say(client_name="Home finder 2", redirect_uris=[REDIRECT])
    page = described.browser.get("/mcp/oauth/consent", {"session": described.session()})
    assert b"Home finder 2" in page.content
    assert described.refusal(redirect_uri="https://finder.example/back")[0] == "invalid_request"
    assert len(described.site.asked) == 2


@pytest.mark.parametrize(
    ("said", "seconds"),
    [({}, 3600), ({"cache_control": "no-store"}, 300), ({"cache_control": "max-age=99999999"}, 86400)],
)
def test_it_counts_as_long_as_it_says_within_bounds(described, said, seconds):
    described.say(headers=said)
    before = clock.now()
    described.session()
    until = Client.objects.get().document_until
    assert before + timedelta(seconds=seconds) <= until <= clock.now() + timedelta(seconds=seconds)


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"client_id": "https://finder.example/apps/finder.json"}, "client_id is 'https://finder.example"),
        ({"client_id": None}, "client_id: Field required"),
        ({"client_name": None}, "client_name: Field required"),
        ({"client_name": "a\x00b"}, "client_name: "),
        ({"client_name": "x" * 201}, "client_name: "),
        ({"client_name": 7}, "client_name: "),
        ({"redirect_uris": []}, "redirect_uris: "),
        ({"redirect_uris": "https://finder.example/back"}, "redirect_uris: "),
        ({"redirect_uris": ["http://finder.example/back"]}, "redirect_uris must be https"),
        ({"redirect_uris": ["https://finder.example/back", "javascript:alert(1)"]}, "redirect_uris must be https"),
        ({"grant_types": ["client_credentials"]}, "grant_types lacks"),
        ({"response_types": ["token"]}, "response_types lacks"),
        ({"token_endpoint_auth_method": "client_secret_post"}, "token_endpoint_auth_method must be none"),
        ({"token_endpoint_auth_method": "private_key_jwt"}, "token_endpoint_auth_method must be none"),
        ({"client_secret": "shared"}, "client_secret: "),
    ],
)
def test_a_document_that_does_not_say_what_it_must_is_refused_with_the_reason(described, changes, why):
    described.say(**changes)
    error, told = described.refusal()
    assert error == "invalid_client"
    assert why in told
    assert not Client.objects.exists()


@pytest.mark.parametrize(
    ("answer", "why"),
    [
        (https.said(b"{}", status=404), "answers 404"),
        (https.said(b"{}", status=302, location="/else"), "answers 302"),
        (https.said(b"{}", content_type="text/html"), "answers 200 text/html"),
        (https.said(b"not json"), "Invalid JSON"),
        (https.said(b"[" * 30_000), "Invalid JSON"),
        (https.said(b"[]"), "document: "),
        (https.said(b" " * 65_537), "more than 65536 bytes"),
    ],
)
def test_what_is_no_document_is_refused(described, answer, why):
    described.site.answer = answer
    assert described.refusal()[0] == "invalid_client"
    assert why in described.refusal()[1]


def test_a_refused_document_takes_nothing_from_who_is_connected(described, tenant):
    given = described.tokens(tenant)
    Client.objects.update(document_until=clock.now())
    described.site.answer = https.said(b"", status=500)
    assert described.refusal()[0] == "invalid_client"
    assert described.refresh(given["refresh_token"]).status_code == 200


def test_this_machine_is_not_asked_for_documents(described, settings):
    settings.OUTBOUND_PRIVATE_NETWORKS = []
    assert "not at port 443 of the public internet" in described.refusal()[1]
    assert described.site.asked == []


@pytest.mark.parametrize(
    "client_id",
    [
        "https://finder.example",
        "https://finder.example/",
        "https://finder.example/a/../b.json",
        "https://finder.example/a/%2e%2e/b.json",
        "https://finder.example/./b.json",
        "https://finder.example/b.json#part",
        "https://user@finder.example/b.json",
        "https://user:password@finder.example/b.json",
        "http://finder.example/b.json",
        "HTTPS://finder.example/b.json",
        f"https://finder.example/{'x' * 500}",
    ],
)
def test_what_cannot_be_the_address_of_a_document_is_an_unknown_client(described, client_id):
    assert described.refusal(client_id=client_id) == ("invalid_client", "Unknown client_id")


def test_another_spelling_of_the_address_is_another_client(described):
    assert described.refusal(client_id=f"{described.client_id}?x=1")[1].startswith(
        "The document of this client: client_id"
    )


def test_one_host_is_not_pestered(described):
    described.site.answer = https.said(b"", status=404)
    statuses = [described.authorize(client_id=f"{described.site.base}/{n}.json").status_code for n in range(21)]
    assert statuses == [400] * 20 + [429]
    assert len(described.site.asked) == 20


def test_a_denial_leaves_nothing_and_the_app_is_forgotten_after_a_month(described):
    described.answer(described.session(), way="deny")
    assert not AuthorizationRequest.objects.exists()
    Client.objects.update(document_until=clock.now() - timedelta(days=31))
    assert tokens.system_purge()["clients"] == 1


def test_whoever_is_connected_keeps_their_app(described, tenant):
    answer = described.answer(described.session(), phone=tenant, password=PASSWORD)
    assert answer.status_code == 303
    Client.objects.update(document_until=clock.now() - timedelta(days=31))
    assert tokens.system_purge()["clients"] == 0
