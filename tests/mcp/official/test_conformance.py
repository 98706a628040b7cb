"""The official suite, with the requirements of each era, finds nothing but what `expected-failures.yml` explains."""

import re
import subprocess
from pathlib import Path

import pytest

from tests.journeys import live, node

pytestmark = [pytest.mark.journey, pytest.mark.official, pytest.mark.django_db]
SUITE = node.FOLDER / "node_modules/@modelcontextprotocol/conformance/dist/index.js"
EXPECTED = Path(__file__).with_name("expected-failures.yml")
OF_THE_HANDSHAKE = 9
"""Scenarios that only servers with sessions pass."""


@pytest.fixture(scope="module")
def fixture_server(django_db_setup):
    """A server of throw-away things; it asks the database for nothing."""
    node.install()
    with live.server(
        application="tests.mcp.official.catalogue:application", ready="/mcp", RATE_LIMITS="mcp=100000/60"
    ) as url:
        yield url


@pytest.mark.parametrize(("revision", "expected"), [("2025-11-25", OF_THE_HANDSHAKE), ("2026-07-28", 0)])
def test_no_failure_is_unexplained(fixture_server, revision, expected, tmp_path):
    allowed = EXPECTED
    if not expected:
        allowed = tmp_path / "none.yml"
        allowed.write_text("server: []\n")
    done = subprocess.run(
        [
            *(node.NODE, SUITE, "server", "--url", f"{fixture_server}/mcp", "--requirements", revision),
            *("--expected-failures", allowed, "--output-dir", tmp_path),
        ],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-6000:] + done.stderr
    (total,) = re.findall(r"^Total: (\d+) passed, .*$", done.stdout, re.MULTILINE)
    print(f"\nConformance {revision}: {total} checks pass; scenarios that may fail: {expected}")
    assert done.stdout.count("  ~ ") == expected
