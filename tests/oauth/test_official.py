"""Things that nobody here wrote are let in by the authorization server: the conformance suite's own client, and the
TypeScript client, which registers or is described at an address. A person agrees in a real browser each time.
"""

import json
import os
import re
import subprocess

import pytest

from apps.identity.services.administration import system_ensure_account
from apps.oauth.models import Client
from tests.journeys import browser, live, node
from tests.journeys.lines import Lines
from tests.journeys.mcp_person import PASSWORD, consent
from tests.kernel.asgi.live import PATIENCE_S, free_port
from tests.support import https, rows
from tests.support.cast import Cast
from tests.support.listings import make_listing

pytestmark = [
    pytest.mark.journey,
    pytest.mark.official,
    pytest.mark.django_db,
    pytest.mark.skipif(browser.CHROMIUM is None, reason="there is no Chromium on this machine"),
]
SUITE = node.FOLDER / "node_modules/@modelcontextprotocol/conformance/dist/index.js"
REDIRECT = "http://127.0.0.1/callback"


@pytest.fixture(scope="module")
def people(django_db_setup, own_redis, django_db_blocker):
    """Somebody with a password, and somebody else's listing, seen by other processes."""
    with rows.kept(django_db_blocker):
        cast = Cast()
        system_ensure_account(phone=cast.seeker.phone, password=PASSWORD)
        cast.listing = make_listing(cast.owner, title="Three rooms")
        Client.objects.create(client_id="suite", name="Journey", redirect_uris=[REDIRECT])
        yield cast


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """Where an app's document is."""
    with https.site(tmp_path_factory.mktemp("site")) as running:
        document = {
            "client_id": f"{running.base}/journey.json",
            "client_name": "Journey",
            "redirect_uris": [REDIRECT],
            "token_endpoint_auth_method": "none",
        }
        running.answer = https.said(json.dumps(document).encode())
        yield running


@pytest.fixture(scope="module")
def base(people, site):
    with live.server(OUTBOUND_PRIVATE_NETWORKS="127.0.0.0/8,::1/128", SSL_CERT_FILE=str(site.certificate)) as url:
        node.install()
        yield url


@pytest.fixture
def run(tmp_path):
    """Start a program; its lines, and the end of it with the test."""
    started = []

    def start(*command):
        process = subprocess.Popen(
            [node.NODE, *command], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, cwd=node.FOLDER,
            env=os.environ | {"NO_COLOR": "1"},
        )  # fmt: skip
        started.append(process)
        return process, Lines(process.stdout)

    yield start
    for process in started:
        if process.poll() is None:
            process.terminate()
        process.wait(PATIENCE_S)
        process.stdout.close()


def rest_of(lines):
    """What is said until the end."""
    said = []
    try:
        while True:
            said.append(lines.next())
    except EOFError:
        return "\n".join(said)


def test_the_conformance_suite_finds_nothing(base, people, run, tmp_path):
    port = str(free_port())
    process, lines = run(
        *(SUITE, "authorization", "--url", f"{base}/mcp/oauth", "--client-id", "suite"),
        *("--resource", f"{base}/mcp", "--port", port, "--output-dir", tmp_path),
    )
    while not (page := lines.next()).startswith(f"{base}/mcp/oauth/authorize?"):
        pass
    assert consent(page, people.seeker.phone, base) == []
    said = rest_of(lines)
    assert process.wait(PATIENCE_S) == 0, said
    (total,) = re.findall(r"^Total: (\d+ passed, .*)$", said, re.MULTILINE)
    print(f"\nConformance, authorization: {total}")
    assert re.fullmatch(r"[1-9]\d* passed, 0 failed.*", total)


@pytest.mark.parametrize("way", ["registers", "is described at an address"])
def test_the_typescript_client_signs_in_reads_and_writes(base, people, site, run, way):
    document = [] if way == "registers" else [f"{site.base}/journey.json"]
    port = str(free_port())
    process, lines = run("mcp_sign_in.mjs", f"{base}/mcp?sign_in=required", port, str(people.listing.pk), *document)
    first = lines.next()
    assert first.startswith("{"), f"{first}\n{rest_of(lines)}"
    asked = json.loads(first)
    assert consent(asked["open"], people.seeker.phone, base) == []
    said = rest_of(lines)
    assert process.wait(PATIENCE_S) == 0, said
    told = json.loads(said.splitlines()[-1])["done"]
    assert told["client_id"] == document[0] if document else told["client_id"].startswith("dyn_")
    assert told["scope"] == "mcp:read mcp:write"
    assert told["failed"] is False
    assert told["wrote"]["success"] is True
    assert [one["title"] for one in told["read"]["properties"]] == ["Three rooms"]
    print(f"\nTypeScript client that {way}: signed in, one wrote, one read")
