"""An unmodified MCP client connects: it registers, a person consents in a browser, and a tool answers for them."""

import httpx2
import pytest

from apps.identity.services.administration import system_ensure_account
from tests.journeys import browser
from tests.journeys.mcp_person import PASSWORD, Person
from tests.support.cast import Cast

pytestmark = [
    pytest.mark.journey,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(browser.CHROMIUM is None, reason="there is no Chromium on this machine"),
]


@pytest.mark.parametrize(
    ("path", "tool", "mode"),
    [("/mcp", "user_system_status", "legacy"), ("/mcp-admin", "admin_system_status", "auto")],
)
def test_a_person_connects_an_app(base: str, path: str, tool: str, mode: str) -> None:
    agent = Cast().agent
    system_ensure_account(phone=agent.phone, password=PASSWORD)
    with Person(base, agent.phone) as person:
        result = person.connect(f"{path}?sign_in=required", tool, mode=mode)
    assert person.complaints == []
    assert result.structured_content["data"]["auth"]["user"]["id"] == agent.id
    other = "/mcp-admin" if path == "/mcp" else "/mcp"
    bearer = {"authorization": f"Bearer {person.memory.tokens.access_token}"}
    body = {"jsonrpc": "2.0", "id": 1, "method": "tools/list"}
    statuses = [
        httpx2.post(f"{base}{place}", json=body, headers=bearer | {"accept": "application/json, text/event-stream"})
        for place in (path, other)
    ]
    assert [answer.status_code for answer in statuses] == [200, 401]
