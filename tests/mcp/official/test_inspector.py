"""The official inspector lists and calls tools of the real servers in every era, and finds their schemas portable."""

import json
import os
import subprocess

import pytest

from tests.journeys import node
from tests.mcp.conftest import token_for

pytestmark = [pytest.mark.journey, pytest.mark.official, pytest.mark.django_db]
INSPECTOR = node.FOLDER / "node_modules/.bin/mcp-inspector"


@pytest.fixture
def inspect(lone, cast, tmp_path):
    """Run a method; its result."""
    node.install()

    def run(method, *more, path="/mcp", era="auto", person=cast.owner):
        token = token_for(lone, person, path=path)
        command = [
            *(node.NODE, INSPECTOR, "--cli", "--quiet", "--format", "json", "--protocol-era", era),
            *("--server-url", f"{lone}{path}", "--transport", "http", "--header", f"Authorization: Bearer {token}"),
            *("--method", method, *more),
        ]
        home = {"HOME": str(tmp_path), "MCP_CATALOG_PATH": str(tmp_path / "catalog.json")}
        done = subprocess.run(
            command, capture_output=True, text=True, timeout=60, check=False, env=os.environ | home, cwd=tmp_path
        )
        assert done.returncode == 0, done.stdout + done.stderr
        answer = json.loads(done.stdout)
        return answer.get("result", answer)

    return run


@pytest.mark.parametrize("era", ["legacy", "modern", "auto"])
def test_tools_are_listed_and_called(inspect, era):
    listed = inspect("tools/list", "--strict", era=era)
    names = {tool["name"] for tool in listed["tools"]}
    assert {"discovery_search", "visits_cancel"} <= names
    found = inspect("tools/call", "--tool-name", "discovery_search", "--tool-arg", "query=3 bhk", era=era)
    assert [one["title"] for one in found["structuredContent"]["properties"]] == ["Three rooms"]
    print(f"\nInspector, {era}: {len(names)} tools listed, their schemas portable, one called")


def test_the_staffs_server_too(inspect, cast):
    listed = inspect("tools/list", "--strict", path="/mcp-admin", person=cast.admin)
    assert "agent_properties_list" in {tool["name"] for tool in listed["tools"]}


def test_resources_and_prompts(inspect, cast):
    uris = [one["uri"] for one in inspect("resources/list")["resources"]]
    listings = [uri for uri in uris if uri.startswith("ghar://listing/")]
    assert listings
    assert inspect("resources/read", "--uri", listings[0])["contents"][0]["mimeType"] == "application/json"
    said = inspect("prompts/get", "--prompt-name", "find_a_home", "--prompt-args", "city=Gurugram")
    assert "Gurugram" in said["messages"][0]["content"]["text"]


@pytest.mark.parametrize("era", ["legacy", "modern"])
def test_the_view_of_a_tool_is_found(inspect, era):
    told = inspect("tools/call", "--tool-name", "discovery_search", "--app-info", era=era)["appInfo"]
    assert told["hasApp"] is True
    assert told["resourceUri"] == "ui://widget/propertysearchwidget.html"
    assert told["resourceMimeType"] == "text/html;profile=mcp-app"
    assert told["visibility"] == ["model", "app"]
    print(f"\nInspector, {era}: the view of discovery_search is an MCP App")
