"""The official Python client reads and writes in both eras; every version that the SDK speaks is answered in itself."""

import pytest
from mcp_types.version import HANDSHAKE_PROTOCOL_VERSIONS

from apps.visits.models import Visit
from tests.mcp.conftest import answer_of, committed, post, talk, token_for
from tests.support.listings import make_listing
from tests.support.visits import at

pytestmark = [pytest.mark.journey, pytest.mark.official, pytest.mark.django_db]


@pytest.mark.parametrize(("mode", "version"), [("legacy", "2025-11-25"), ("auto", "2026-07-28")])
def test_it_reads_and_writes(lone, cast, mode, version):
    listing = committed(lambda: make_listing(cast.owner))
    when = at(days=40 if mode == "auto" else 41)

    async def schedule(client):
        found = await client.call_tool("discovery_property_get", {"property_id": listing.pk})
        wish = {"property_id": listing.pk, "scheduled_date": when.isoformat()}
        return client.protocol_version, found, await client.call_tool("visits_schedule", wish)

    committed(lambda: cast.agent_profile)
    spoken, found, made = talk(f"{lone}/mcp", schedule, mode=mode, token=token_for(lone, cast.seeker))
    assert (spoken, found.is_error, made.is_error) == (version, False, False)
    visit = committed(lambda: Visit.objects.get(pk=made.structured_content["visit"]["id"]))
    assert (visit.user_id, visit.scheduled_date) == (cast.seeker.pk, when)
    print(f"\nPython client, {version}: one read, one wrote")


@pytest.mark.parametrize("version", HANDSHAKE_PROTOCOL_VERSIONS)
def test_every_version_is_spoken(lone, version):
    client = {"protocolVersion": version, "capabilities": {}, "clientInfo": {"name": "t", "version": "1"}}
    greeted = answer_of(post(lone, "initialize", client, mcp_protocol_version=version))["result"]
    listed = answer_of(post(lone, "tools/list", mcp_protocol_version=version))["result"]
    assert (greeted["protocolVersion"], bool(listed["tools"])) == (version, True)
