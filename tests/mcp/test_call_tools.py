"""The official client, of both eras, calls tools under every server."""

import pytest

from tests.mcp.conftest import talk, token_for

pytestmark = [pytest.mark.journey, pytest.mark.django_db]
MODES = {"legacy": "2025-11-25", "auto": "2026-07-28"}


@pytest.mark.parametrize("mode", MODES)
def test_anybody_searches(base, mode):
    async def search(client):
        return client.protocol_version, await client.call_tool("discovery_search", {"query": "3 bhk"})

    version, result = talk(f"{base}/mcp", search, mode=mode)
    assert version == MODES[mode]
    assert not result.is_error
    assert [found["title"] for found in result.structured_content["properties"]] == ["Three rooms"]
    assert result.content[0].text == "Found 1 listings, of which 1 are shown."


@pytest.mark.parametrize("mode", MODES)
def test_a_token_says_who_calls(base, cast, mode):
    async def status(client):
        return await client.call_tool("user_system_status", {})

    result = talk(f"{base}/mcp", status, mode=mode, token=token_for(base, cast.tenant))
    assert result.structured_content["ok"] is True
    assert result.structured_content["data"]["auth"]["user"]["id"] == cast.tenant.id


@pytest.mark.parametrize("mode", MODES)
def test_each_server_lists_its_own_tools(base, mode):
    async def names(client):
        return {tool.name for tool in (await client.list_tools()).tools}

    users, staff = (talk(f"{base}{path}", names, mode=mode) for path in ("/mcp", "/mcp-admin"))
    assert {"discovery_search", "user_system_status"} <= users
    assert "admin_system_status" in staff
    assert not users & staff


def test_the_other_servers_tools_are_unknown_even_to_an_admin(base, cast):
    async def call(client):
        return await client.call_tool("admin_system_status", {})

    result = talk(f"{base}/mcp", call, mode="auto", token=token_for(base, cast.admin))
    assert result.is_error
    assert result.structured_content["code"] == "TOOL_NOT_FOUND"


def test_a_refusal_is_an_error_result(base):
    async def call(client):
        return await client.call_tool("discovery_property_get", {"property_id": 987654321})

    result = talk(f"{base}/mcp", call, mode="auto")
    assert result.is_error
    assert result.structured_content == {"error": True, "code": "PROPERTY_NOT_FOUND", "message": "Property not found"}
