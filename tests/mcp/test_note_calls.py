"""What operators see of calls: metrics by what was called, and a log of who called it through which client."""

import json

import httpx2
import pytest

from tests.journeys import live
from tests.kernel.asgi.live import PATIENCE_S
from tests.mcp.conftest import ask, post, token_for

pytestmark = [pytest.mark.journey, pytest.mark.django_db]


@pytest.fixture(scope="module")
def noted(cast, tmp_path_factory):
    """A server and the file of its log."""
    place = tmp_path_factory.mktemp("log") / "log"
    with place.open("w") as log, live.process(log=log, RATE_LIMITS="mcp=2000/60") as (url, _):
        yield url, place


def lines(place):
    """The audit log."""
    found = [json.loads(line) for line in place.read_text().splitlines() if line.startswith("{")]
    return [line for line in found if line["logger"] == "ghar.audit"]


def test_the_log_says_who_called_what_through_which_client(noted, cast):
    base, place = noted
    bearer = f"Bearer {token_for(base, cast.tenant)}"
    secret = "a wish that nobody else should read"
    for name, given in (("discovery_search", {"query": secret}), ("visits_cancel", {"visit_id": 1}), (secret, {})):
        params = {"name": name, "arguments": given}
        post(base, "tools/call", params, authorization=bearer, x_request_id=f"r-{name[:12].replace(' ', '-')}")
    ask(base, "tools/call", {"name": "visits_list"})
    ask(base, "resources/read", {"uri": "ghar://listing/987654321"})
    ask(base, "prompts/get", {"name": "find_a_home", "arguments": {"city": secret}})
    told = lines(place)
    names = ("method", "name", "user_id", "client_id", "outcome")
    me = cast.tenant.pk
    assert [tuple(line[name] for name in names) for line in told] == [
        ("tools/call", "discovery_search", me, "tests", "ok"),
        ("tools/call", "visits_cancel", me, "tests", "asked"),
        ("tools/call", "unknown", me, "tests", "TOOL_NOT_FOUND"),
        ("tools/call", "visits_list", None, None, "UNAUTHORIZED"),
        ("resources/read", "ghar://listing/{property_id}", None, None, "PROPERTY_NOT_FOUND"),
        ("prompts/get", "find_a_home", None, None, "ok"),
    ]
    assert told[0]["request_id"] == "r-discovery_se"
    assert (told[0]["server"], told[0]["protocol"], told[0]["role"]) == ("ghar360-user", "2025-11-25", "user")
    assert secret not in json.dumps(told)
    for known in (cast.tenant.full_name, cast.tenant.phone, "127.0.0.1"):
        assert known not in json.dumps(told)


def test_calls_are_counted_by_what_was_declared(noted):
    base, _ = noted
    ask(base, "tools/call", {"name": "discovery_amenities"})
    ask(base, "tools/call", {"name": "made up by a client"})
    post(base, "made/up")
    httpx2.request("BREW", f"{base}/mcp", timeout=PATIENCE_S, trust_env=False)
    text = httpx2.get(f"{base}/metrics", timeout=PATIENCE_S, trust_env=False).text
    server = 'server="ghar360-user"'
    assert f'ghar_mcp_calls_total{{method="tools/call",name="discovery_amenities",outcome="ok",{server}}} 1.0' in text
    assert f'ghar_mcp_call_seconds_count{{method="unknown",{server}}}' in text
    assert 'ghar_requests_total{method="POST",route="mcp",status="200"}' in text
    assert 'ghar_requests_total{method="other",route="mcp",status="405"}' in text
    assert "made" not in text
    assert "BREW" not in text
