"""Lists show what the one who asks may use; whoever has not signed in sees what there is to sign in for."""

import mcp_types as types
import pytest
from mcp.shared.exceptions import MCPError

from ghar.mcp import paging
from tests.mcp.conftest import ask, token_for

pytestmark = [pytest.mark.journey, pytest.mark.django_db]


def listed(lone, path, token=None):
    return {one["name"] for one in ask(lone, "tools/list", token=token, path=path)["result"]["tools"]}


def test_staff_tools_are_listed_for_staff(lone, cast):
    everything = listed(lone, "/mcp-admin")
    for person, seen in ((cast.agent, everything), (cast.admin, everything), (cast.tenant, set())):
        assert listed(lone, "/mcp-admin", token_for(lone, person, path="/mcp-admin")) == seen
    assert "admin_system_status" in everything


def test_a_token_that_only_reads_sees_what_reads(lone, cast):
    everything = listed(lone, "/mcp", token_for(lone, cast.tenant))
    reading = listed(lone, "/mcp", token_for(lone, cast.tenant, scope="mcp:read"))
    assert everything == listed(lone, "/mcp")
    assert {"visits_list", "discovery_search"} <= reading
    assert {"visits_schedule", "visits_cancel", "discovery_swipe"} <= everything - reading


def test_pages_of_a_list_neither_repeat_nor_skip(monkeypatch):
    monkeypatch.setattr(paging, "PAGE", 2)
    first, cursor = paging.page(["a", "b", "c", "d"], str, None)
    second, cursor = paging.page(["a", "aa", "bb", "d", "e"], str, types.PaginatedRequestParams(cursor=cursor))
    last, cursor = paging.page(["a", "aa", "d", "e"], str, types.PaginatedRequestParams(cursor=cursor))
    assert (first, second, last, cursor) == (["a", "b"], ["bb", "d"], ["e"], None)


@pytest.mark.parametrize("cursor", ["x", "é", "W10", "WzFd", "bnVsbA"])
def test_a_cursor_of_nobody_is_refused(cursor):
    with pytest.raises(MCPError, match="Invalid cursor"):
        paging.page(["a"], str, types.PaginatedRequestParams(cursor=cursor))
