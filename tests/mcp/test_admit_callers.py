"""Who gets through the door of an MCP server, and what the others are told."""

import json

import httpx2
import pytest

from apps.accounts.models import User
from apps.oauth.models import Grant
from tests.mcp.conftest import HERE, committed, post, token_for

pytestmark = [pytest.mark.journey, pytest.mark.django_db]


def result_of(answer):
    assert answer.status_code == 200, answer.text
    data = [line[5:] for line in answer.text.splitlines() if line.startswith("data:")]
    return json.loads(data[-1])["result"]


def call(base, name, *, path="/mcp", **headers):
    return post(base, "tools/call", {"name": name, "arguments": {}}, path=path, **headers)


def test_a_tool_that_needs_a_person_says_how_to_sign_in(base):
    result = result_of(call(base, "admin_system_status", path="/mcp-admin"))
    assert result["isError"] is True
    assert result["structuredContent"]["requires_auth"] is True
    (challenge,) = result["_meta"]["mcp/www_authenticate"]
    assert f'resource_metadata="{base}/.well-known/oauth-protected-resource/mcp-admin"' in challenge
    assert 'scope="mcp:read mcp:write"' in challenge


def test_a_token_for_the_other_server_is_refused(base, cast):
    token = token_for(base, cast.admin)
    assert call(base, "user_system_status", authorization=f"Bearer {token}").status_code == 200
    refused = call(base, "admin_system_status", path="/mcp-admin", authorization=f"Bearer {token}")
    assert refused.status_code == 401
    assert 'error="invalid_token"' in refused.headers["www-authenticate"]
    assert 'scope="mcp:read mcp:write"' in refused.headers["www-authenticate"]
    assert refused.json()["error"]["code"] == "TOKEN_INVALID"


@pytest.mark.parametrize("header", ["Bearer nonsense", "Bearer", "Basic YTpi", "Bearer a.b.c", "nonsense"])
def test_what_is_no_token_is_refused(base, header):
    assert call(base, "user_system_status", authorization=header).status_code == 401


def test_a_person_without_the_role_is_refused_by_the_tool(base, cast):
    token = token_for(base, cast.tenant, path="/mcp-admin")
    result = result_of(call(base, "admin_system_status", path="/mcp-admin", authorization=f"Bearer {token}"))
    assert result["structuredContent"]["error"]["code"] == "INSUFFICIENT_PERMISSIONS"


def test_a_role_counts_from_the_next_call_on(base, cast):
    committed(lambda: User.objects.filter(pk=cast.agent.pk).update(role="agent"))
    token = token_for(base, cast.agent, path="/mcp-admin")
    answer = call(base, "admin_system_status", path="/mcp-admin", authorization=f"Bearer {token}")
    assert result_of(answer)["structuredContent"]["data"]["access"] == "agent"
    committed(lambda: User.objects.filter(pk=cast.agent.pk).update(role="user"))
    answer = call(base, "admin_system_status", path="/mcp-admin", authorization=f"Bearer {token}")
    assert result_of(answer)["isError"] is True


def test_a_suspended_person_is_refused_at_once(base, cast):
    committed(lambda: User.objects.filter(pk=cast.seeker.pk).update(is_active=True))
    token = token_for(base, cast.seeker)
    assert call(base, "user_system_status", authorization=f"Bearer {token}").status_code == 200
    committed(lambda: User.objects.filter(pk=cast.seeker.pk).update(is_active=False))
    assert call(base, "user_system_status", authorization=f"Bearer {token}").status_code == 401


def test_an_ended_grant_is_refused_at_once(base, cast):
    token = token_for(base, cast.stranger)
    committed(lambda: Grant.objects.filter(user=cast.stranger).update(ended_at="2026-01-01T00:00Z", ending="revoked"))
    assert call(base, "user_system_status", authorization=f"Bearer {token}").status_code == 401


def test_a_client_may_ask_to_be_told_to_sign_in(base):
    answer = post(base, "tools/list", path="/mcp?sign_in=required")
    assert answer.status_code == 401
    assert f"{base}/.well-known/oauth-protected-resource/mcp" in answer.headers["www-authenticate"]


@pytest.mark.parametrize("method", ["GET", "DELETE", "PUT"])
@pytest.mark.parametrize("path", ["/mcp", "/mcp/", "/mcp-admin"])
def test_nothing_but_post_is_answered(base, method, path):
    answer = httpx2.request(method, f"{base}{path}", **HERE)
    assert (answer.status_code, answer.headers["allow"]) == (405, "POST, OPTIONS")


def test_both_slash_forms_answer(base):
    assert post(base, "tools/list", path="/mcp/").status_code == 200


def test_below_the_server_is_nothing(base):
    assert post(base, "tools/list", path="/mcp/else").json()["error"]["code"] == "NOT_FOUND"


def test_every_tool_says_how_it_may_be_called(base):
    tools = {tool["name"]: tool for tool in result_of(post(base, "tools/list"))["tools"]}
    search = tools["discovery_search"]
    kinds = [scheme["type"] for scheme in search["securitySchemes"]]
    assert kinds == ["noauth", "oauth2"]
    assert search["annotations"]["securitySchemes"] == search["_meta"]["securitySchemes"] == search["securitySchemes"]
    assert search["annotations"]["readOnlyHint"] is True
    assert search["annotations"]["openWorldHint"] is False


def test_the_server_says_that_it_knows_widgets(base):
    client = {"protocolVersion": "2025-11-25", "capabilities": {}, "clientInfo": {"name": "t", "version": "1"}}
    answer = result_of(post(base, "initialize", client))
    assert answer["serverInfo"]["name"] == "ghar360-user"
    assert answer["capabilities"]["experimental"] == {"io.modelcontextprotocol/ui": {}}


def test_an_answer_carries_the_id_of_its_request(base):
    assert post(base, "tools/list", x_request_id="chosen-by-us").headers["x-request-id"] == "chosen-by-us"
    assert post(base, "tools/list").headers["x-request-id"]


def test_a_page_may_call_from_an_origin_of_ours(base):
    origin = "http://localhost:6274"
    allowed = httpx2.options(f"{base}/mcp", headers={"origin": origin}, **HERE)
    assert allowed.status_code == 204
    assert allowed.headers["access-control-allow-origin"] == origin
    assert "authorization" in allowed.headers["access-control-allow-headers"]
    answer = post(base, "tools/list", origin=origin)
    assert result_of(answer)["tools"]
    assert answer.headers["access-control-allow-origin"] == origin
    assert "WWW-Authenticate" in answer.headers["access-control-expose-headers"]


def test_a_foreign_page_may_not_call(base):
    assert post(base, "tools/list", origin="https://evil.example").status_code == 403


def test_a_foreign_host_name_is_refused(base):
    assert post(base, "tools/list", host="evil.example").status_code == 421
