"""On a phone, in a browser that runs no scripts, a person sees what acts for them and takes it back."""

from datetime import timedelta

import pytest

from apps.identity.services.administration import system_ensure_account
from apps.oauth import rules
from apps.oauth.models import Client, Grant, TokenPair
from ghar import clock
from tests.journeys import browser
from tests.support.cast import Cast

pytestmark = [
    pytest.mark.journey,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(browser.CHROMIUM is None, reason="there is no Chromium on this machine"),
]
PASSWORD = "a long enough phrase"
PHONE_SIZED = {"width": 360, "height": 640}


def connect(base: str, user: object, name: str, path: str, scope: str) -> None:
    client = Client.objects.create(client_id=name, name=name)
    grant = Grant.objects.create(user=user, client=client, resource=f"{base}{path}", scope=scope)
    later = clock.now() + timedelta(days=30)
    TokenPair.objects.create(
        grant=grant, scope=scope, access_digest=rules.digest(name), refresh_digest=rules.digest(f"r{name}"),
        access_expires_at=later, refresh_expires_at=later,
    )  # fmt: skip


def test_on_a_phone_without_scripts(base: str) -> None:
    agent = Cast().agent
    system_ensure_account(phone=agent.phone, password=PASSWORD)
    connect(base, agent, "Home finder with a name that is rather long for a phone", "/mcp", "mcp:read offline_access")
    connect(base, agent, "Agent's diary", "/mcp-admin", "mcp:read mcp:write")
    Grant.objects.filter(client__name="Agent's diary").update(last_used_at=clock.now())
    with browser.visitor(base, java_script_enabled=False) as window:
        window.page.set_viewport_size(PHONE_SIZED)
        page = window.go("/mcp/oauth/apps")
        page.get_by_label("Phone or email").fill(agent.phone)
        page.get_by_label("Password").fill(PASSWORD)
        window.keep("connected-apps-sign-in")
        page.get_by_role("button", name="Sign in").click()
        assert page.get_by_role("heading", level=2).all_inner_texts()[0] == "Agent's diary"
        window.page.screenshot(path=browser.SCREENSHOTS / "connected-apps.png", full_page=True)
        page.get_by_role("button", name="Disconnect").first.click()
        assert "Agent's diary can no longer act for you." in page.get_by_role("status").inner_text()
        window.keep("connected-apps-ended")
        page.get_by_role("link", name="Leave this page").click()
        assert page.get_by_role("button", name="Disconnect").count() == 0
    assert window.complaints == []
    assert window.elsewhere == []
    assert Grant.objects.get(client__name="Agent's diary").ending == "revoked"
    assert Grant.objects.exclude(client__name="Agent's diary").get().ended_at is None
