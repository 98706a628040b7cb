"""Consent where people sign in at another issuer: a second platform, whose embedded service stands for it."""

import re
from urllib.parse import parse_qs, urlsplit
from uuid import uuid4

import httpx2
import pytest

from apps.accounts.models import User
from apps.identity.services.administration import system_ensure_account
from tests.journeys import live
from tests.kernel.asgi.live import PATIENCE_S
from tests.oauth.conftest import CHALLENGE, PASSWORD, REDIRECT, VERIFIER
from tests.support import issuer, rows

pytestmark = pytest.mark.django_db
PHONE = "+919810007701"


@pytest.fixture(scope="module")
def platforms(django_db_setup, own_redis, signing_key, django_db_blocker):
    """The address of a platform that asks another issuer, and the process of that issuer."""
    with rows.kept(django_db_blocker):
        User.objects.create(subject=str(uuid4()), phone=PHONE, phone_verified=True, full_name="Somebody")
        system_ensure_account(phone=PHONE, password=PASSWORD)
        with (
            live.process(IDENTITY_SIGNING_KEY=issuer.SIGNING_KEY) as (there, running),
            live.server(SUPABASE_URL=there, SUPABASE_PUBLISHABLE_KEY="public") as here,
        ):
            yield here, running


@pytest.fixture
def browser(platforms):
    with httpx2.Client(base_url=platforms[0], trust_env=False, timeout=PATIENCE_S) as client:
        yield client


def question(browser):
    """A registered app, and the secret of its question."""
    app = browser.post("/mcp/oauth/register", json={"client_name": "App", "redirect_uris": [REDIRECT]}).json()
    resource = f"{str(browser.base_url).rstrip('/')}/mcp"
    asked = {
        "response_type": "code", "client_id": app["client_id"], "redirect_uri": REDIRECT, "scope": "mcp:read mcp:write",
        "code_challenge": CHALLENGE, "code_challenge_method": "S256", "resource": resource,
    }  # fmt: skip
    answer = browser.get("/mcp/oauth/authorize", params=asked)
    assert answer.status_code == 307, answer.text
    return app["client_id"], parse_qs(urlsplit(answer.headers["location"]).query)["session"][0]


def consent(browser, session, **form):
    page = browser.get("/mcp/oauth/consent", params={"session": session})
    secret = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page.text)[1]
    return browser.post("/mcp/oauth/consent", data={"session": session, "csrfmiddlewaretoken": secret, **form})


def test_whoever_proves_who_they_are_there_is_connected_here(browser):
    client_id, session = question(browser)
    refused = consent(browser, session, phone=PHONE, password="wrong")
    assert (refused.status_code, "That does not match" in refused.text) == (401, True)
    agreed = consent(browser, session, phone=PHONE, password=PASSWORD)
    assert agreed.status_code == 303, agreed.text
    code = parse_qs(urlsplit(agreed.headers["location"]).query)["code"][0]
    form = {"grant_type": "authorization_code", "code": code, "client_id": client_id, "redirect_uri": REDIRECT,
            "code_verifier": VERIFIER}  # fmt: skip
    assert browser.post("/mcp/oauth/token", data=form).json()["scope"] == "mcp:read mcp:write"


def test_while_the_issuer_is_away_the_page_says_so_and_the_question_stays_open(browser, platforms):
    """The last one here: it ends the issuer."""
    _, session = question(browser)
    platforms[1].terminate()
    platforms[1].wait(PATIENCE_S)
    away = consent(browser, session, phone=PHONE, password=PASSWORD)
    assert away.status_code == 503
    assert 'name="password"' in away.text
