"""What is no request of the protocol is refused clearly, and never by a fault of ours."""

import httpx2
import pytest

from apps.visits.models import Visit
from ghar.mcp import edge
from tests.mcp.conftest import HEADERS, HERE, answer_of, ask, committed, post, token_for
from tests.support.listings import make_listing
from tests.support.visits import at, make_visit

pytestmark = [pytest.mark.journey, pytest.mark.django_db]
MODERN = {
    "accept": HEADERS["accept"],
    "mcp-protocol-version": "2026-07-28",
    "mcp-method": "tools/list",
    "content-type": "application/json",
}
META = {
    "io.modelcontextprotocol/protocolVersion": "2026-07-28",
    "io.modelcontextprotocol/clientCapabilities": {},
}
ERAS = pytest.mark.parametrize("headers", [HEADERS, MODERN], ids=["handshake", "newest"])
CALL = b'{"jsonrpc":"2.0","id":1,"method":"tools/list","params":{}}'


def send(lone, body, headers):
    given = {"content-type": "application/json", **headers}
    return httpx2.post(f"{lone}/mcp", content=body, headers=given, **HERE)


@ERAS
@pytest.mark.parametrize(
    "body",
    [
        b"[%s,%s]" % (CALL, CALL),  # a batch, which the protocol gave up
        b"[]",
        b"",
        b"{",
        b"nonsense",
        b"null",
        b"1",
        b'"text"',
        b"{}",
        b'{"jsonrpc":"1.0","id":1,"method":"tools/list"}',
        b'{"jsonrpc":"2.0","id":1}',
        b'\xff\xfe{"jsonrpc"',
        b'{"jsonrpc":"2.0","id":1,"method":"tools/list","params":' + b'{"a":' * 5000 + b"1" + b"}" * 5000 + b"}",
        b"[" * 100_000,
        b'{"jsonrpc":"2.0","id":' + b"9" * 5000 + b',"method":"tools/list"}',
    ],
    ids=lambda body: body[:24].decode(errors="replace"),
)
def test_a_body_that_is_no_request_is_refused(lone, headers, body):
    answer = send(lone, body, headers)
    assert 400 <= answer.status_code < 500, answer.text
    assert answer.headers["x-request-id"]


@ERAS
@pytest.mark.parametrize(
    "body", [b'{"jsonrpc":"2.0","id":{},"method":"tools/list"}', b'{"jsonrpc":"2.0","id":1,"result":{},"method":7}']
)
def test_what_cannot_be_answered_is_acknowledged_at_most(lone, headers, body):
    """Without a usable id it is no request; the handshake era takes it for a notification or an answer."""
    answer = send(lone, body, headers)
    assert (answer.status_code, answer.text) == (202, "") or 400 <= answer.status_code < 500


@ERAS
def test_an_oversized_body_is_refused_unread(lone, headers):
    body = CALL.replace(b"{}", b'{"cursor":"' + b"x" * edge.MAX_BODY_BYTES + b'"}')
    assert send(lone, body, headers).status_code == 413


@pytest.mark.parametrize("modern", [None, "discovery_search"])
def test_deep_arguments_are_refused_by_name(lone, modern):
    deep = {"a": 1}
    for _ in range(60 if modern is None else 700):
        deep = {"a": deep}
    params = {"name": "discovery_search", "arguments": {"queries": [deep]}, "_meta": META}
    result = ask(lone, "tools/call", params, modern=modern)["result"]
    assert (result["isError"], result["structuredContent"]["code"]) == (True, "VALIDATION_ERROR")
    assert result["structuredContent"]["details"][0]["loc"] == ["arguments", "queries"]


@pytest.mark.parametrize("method", ["nothing/known", "", "tools", "é" * 200])
def test_an_unknown_method_is_said_to_be_unknown(lone, method):
    assert ask(lone, method)["error"]["code"] == -32601


def test_the_newest_era_says_so_by_status_too(lone):
    answer = post(lone, "nothing/known", {"_meta": META}, **MODERN | {"mcp-method": "nothing/known"})
    assert (answer.status_code, answer_of(answer)["error"]["code"]) == (404, -32601)


def test_a_version_that_nobody_speaks_is_refused(lone):
    answer = post(lone, "tools/list", mcp_protocol_version="1999-01-01")
    assert 400 <= answer.status_code < 500


@pytest.mark.parametrize(
    "origin",
    ["https://evil.example", "null", "http://localhost.evil.example", "http://127.0.0.1.evil.example", "file://", ""],
)
def test_a_foreign_origin_is_refused(lone, origin):
    assert post(lone, "tools/list", origin=origin).status_code == 403
    preflight = httpx2.options(f"{lone}/mcp", headers={"origin": origin}, **HERE)
    assert (preflight.status_code, "access-control-allow-origin" in preflight.headers) == (403, False)


@pytest.mark.parametrize("params", [{}, {"name": 7}, {"name": None}, {"name": "discovery_search", "arguments": [1]}])
def test_a_call_of_nothing_is_refused(lone, params):
    assert ask(lone, "tools/call", params)["error"]["code"] == -32602


def test_somebody_elses_ids_are_ids_of_nothing(lone, cast):
    """Each tool that takes an id of a visit, a search or a listing of one's own, called with another person's."""
    listing = committed(lambda: make_listing(cast.owner))
    visit = committed(lambda: make_visit(cast.seeker, listing, begins=at(days=50)))
    token = token_for(lone, cast.stranger)
    calls = {
        "visits_get": ({"visit_id": visit.pk}, "VISIT_NOT_FOUND"),
        "visits_cancel": ({"visit_id": visit.pk, "confirm": True}, "VISIT_NOT_FOUND"),
        "owner_properties_get": ({"property_id": listing.pk}, "PROPERTY_NOT_FOUND"),
        "owner_properties_update": ({"property_id": listing.pk, "title": "Mine now"}, None),
        "owner_properties_toggle_availability": ({"property_id": listing.pk, "is_available": False}, None),
        "discovery_delete_saved_search": ({"saved_search_id": 1, "confirm": True}, "SAVED_SEARCH_NOT_FOUND"),
    }
    for name, (given, code) in calls.items():
        result = ask(lone, "tools/call", {"name": name, "arguments": given}, token=token)["result"]
        told = result["structuredContent"]
        assert result["isError"], (name, told)
        assert code in (None, told.get("code") or told["error"]["code"]), (name, told)
    committed(listing.refresh_from_db)
    assert (listing.title, listing.is_available) != ("Mine now", False)
    assert listing.is_available
    assert committed(lambda: Visit.objects.get(pk=visit.pk).status) == "requested"
