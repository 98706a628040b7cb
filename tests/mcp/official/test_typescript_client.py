"""The official TypeScript client reads and writes, in both eras, and asks its person before something is destroyed."""

import json
import subprocess

import pytest

from tests.journeys import node
from tests.mcp.conftest import committed, token_for
from tests.support.listings import make_listing
from tests.support.visits import at, make_visit

pytestmark = [pytest.mark.journey, pytest.mark.official, pytest.mark.django_db]


@pytest.mark.parametrize(("mode", "version", "asked"), [("legacy", "2025-11-25", 0), ("auto", "2026-07-28", 1)])
def test_it_reads_and_writes(lone, cast, mode, version, asked):
    node.install()
    days = 31 if asked else 30
    visit = committed(lambda: make_visit(cast.owner, make_listing(cast.tenant), begins=at(days=days)))
    command = [node.NODE, node.FOLDER / "mcp_client.mjs", f"{lone}/mcp", token_for(lone, cast.owner), mode]
    done = subprocess.run(
        [*command, str(visit.pk)], capture_output=True, text=True, timeout=60, check=False, cwd=node.FOLDER
    )
    assert done.returncode == 0, done.stdout + done.stderr
    told = json.loads(done.stdout)
    assert told["version"] == version
    assert "discovery_search" in told["tools"]
    assert told["found"] == ["Three rooms"]
    assert told["asked"] == asked
    assert told["cancelled"] == {"success": True, "visit_id": visit.pk, "status": "cancelled"}
    committed(visit.refresh_from_db)
    assert visit.status == "cancelled"
    print(f"\nTypeScript client, {version}: {len(told['tools'])} tools listed, one read, one wrote")
