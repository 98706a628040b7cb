"""An app that asks for access, over the wire."""

import base64
import hashlib
import re
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from django.conf import settings
from django.test import Client as Browser

from apps.identity.services.administration import system_ensure_account
from tests.support.cast import Cast
from tests.support.client import Client

VERIFIER = "v" * 50
CHALLENGE = base64.urlsafe_b64encode(hashlib.sha256(VERIFIER.encode()).digest()).rstrip(b"=").decode()
REDIRECT = "http://127.0.0.1:33418/callback"
PASSWORD = "a long enough phrase"
RESOURCE = f"{settings.PUBLIC_BASE_URL}/mcp"
STAFF_RESOURCE = f"{settings.PUBLIC_BASE_URL}/mcp-admin"
FORM = "application/x-www-form-urlencoded"


@dataclass
class App:
    """A registered client, and a browser in front of somebody."""

    client_id: str
    api: Client = field(default_factory=Client)
    browser: Browser = field(default_factory=lambda: Browser(enforce_csrf_checks=True))

    def authorize(self, **changes: Any) -> Any:
        """Ask; `changes` replace parameters, None leaves one out."""
        asked = {
            "response_type": "code",
            "client_id": self.client_id,
            "redirect_uri": REDIRECT,
            "scope": "mcp:read mcp:write",
            "state": "st&te",
            "code_challenge": CHALLENGE,
            "code_challenge_method": "S256",
            "resource": RESOURCE,
            **changes,
        }
        return self.browser.get("/mcp/oauth/authorize", {k: v for k, v in asked.items() if v is not None})

    def session(self, **changes: Any) -> str:
        """The secret of a consent page."""
        answer = self.authorize(**changes)
        assert answer.status_code == 307, answer.content
        return parse_qs(urlsplit(answer["Location"]).query)["session"][0]

    def answer(self, session: str, **form: str) -> Any:
        """Open the page and send its form."""
        page = self.browser.get("/mcp/oauth/consent", {"session": session})
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page.content.decode())[1]
        return self.browser.post("/mcp/oauth/consent", {"session": session, "csrfmiddlewaretoken": token, **form})

    def code(self, phone: str, **changes: Any) -> str:
        """The code that a person's yes leads to."""
        answer = self.answer(self.session(**changes), phone=phone, password=PASSWORD)
        assert answer.status_code == 303, answer.content
        return parse_qs(urlsplit(answer["Location"]).query)["code"][0]

    def exchange(self, **changes: Any) -> Any:
        """A token request."""
        asked = {"client_id": self.client_id, "redirect_uri": REDIRECT, "code_verifier": VERIFIER, **changes}
        return self.api.post("/mcp/oauth/token", wire_form(asked), content_type=FORM)

    def redeem(self, code: str, /, **changes: Any) -> Any:
        """Exchange a code."""
        return self.exchange(**{"grant_type": "authorization_code", "code": code, **changes})

    def refresh(self, token: str, **changes: Any) -> Any:
        """Exchange a refresh token."""
        return self.exchange(**{"grant_type": "refresh_token", "refresh_token": token, **changes})

    def revoke(self, token: str, **changes: Any) -> Any:
        """Revoke a token."""
        asked = {"token": token, "client_id": self.client_id, **changes}
        return self.api.post("/mcp/oauth/revoke", wire_form(asked), content_type=FORM)

    def tokens(self, phone: str, **changes: Any) -> dict[str, Any]:
        """The first tokens for a person."""
        answer = self.redeem(self.code(phone, **changes))
        assert answer.status_code == 200, answer.content
        return answer.json()


def wire_form(values: dict[str, Any]) -> str:
    """A form; None leaves a field out, a list repeats it."""
    return urlencode({k: v for k, v in values.items() if v is not None}, doseq=True)


@pytest.fixture
def app(db: None) -> App:
    answer = Client().post("/mcp/oauth/register", {"client_name": "Test <app>", "redirect_uris": [REDIRECT]})
    assert answer.status_code == 201, answer.content
    return App(answer.json()["client_id"])


def _with_password(user: Any) -> str:
    user.subject = str(system_ensure_account(phone=user.phone, password=PASSWORD).pk)
    user.save(update_fields=["subject"])
    return user.phone


@pytest.fixture
def tenant(cast: Cast) -> str:
    """The phone of somebody who can sign in."""
    return _with_password(cast.tenant)


@pytest.fixture
def agent(cast: Cast) -> str:
    """The same of an agent."""
    return _with_password(cast.agent)
