"""What the servers say of widgets: tools name theirs in the words of both generations of hosts, and files are read."""

import pytest

from ghar import tools, widgets
from ghar.tools import Audience
from tests.journeys import live
from tests.mcp.conftest import HEADERS, post, token_for
from tests.support import rows
from tests.support.cast import Cast
from tests.support.listings import make_listing
from tests.widgets.conftest import result_of

pytestmark = [pytest.mark.journey, pytest.mark.django_db]

SEARCH = "ui://widget/propertysearchwidget.html"
DESCRIPTORS = {
    "discovery_search": "propertysearchwidget",
    "discovery_property_get": "propertydetailswidget",
    "discovery_feed": "propertyswipewidget",
    "discovery_swipe": "propertyswipewidget",
    "discovery_shortlist": "propertysearchwidget",
    "discovery_recommendations": "propertysearchwidget",
    "visits_schedule": "visitschedulerwidget",
    "visits_list": "visitlistwidget",
    "visits_get": "visitlistwidget",
    "owner_properties_get": "propertydetailswidget",
    "owner_properties_list": "ownerdashboardwidget",
}


@pytest.fixture(scope="module")
def people(django_db_setup, django_db_blocker):
    """Somebody who looks, and something to find."""
    with rows.kept(django_db_blocker):
        cast = Cast()
        cast.everyone()
        make_listing(cast.owner, title="A house")
        yield cast


@pytest.fixture(scope="module")
def base(people):
    """The address of a running server."""
    with live.server() as url:
        yield url


def ask(base, method, params=None, path="/mcp", **headers):
    """The result of a request."""
    return result_of(post(base, method, params, path=path, **headers).text)


@pytest.fixture(scope="module")
def listed(base):
    """The tools of the users' server, by name."""
    return {tool["name"]: tool for tool in ask(base, "tools/list")["tools"]}


@pytest.fixture(scope="module")
def resources(base):
    """The views that it lists, by address."""
    return {one["uri"]: one for one in ask(base, "resources/list")["resources"] if one["uri"].startswith("ui:")}


@pytest.mark.parametrize("name", DESCRIPTORS)
def test_a_tool_names_its_view_for_both_generations(listed, name):
    meta = listed[name]["_meta"]
    uri = f"ui://widget/{DESCRIPTORS[name]}.html"
    assert meta["ui"] == {"resourceUri": uri, "visibility": ["model", "app"]}
    assert meta["ui/resourceUri"] == meta["openai/outputTemplate"] == uri
    assert meta["ui/visibility"] == "host"
    assert meta["openai/widgetAccessible"] is True
    assert meta["openai/toolInvocation/invoking"]
    assert meta["openai/toolInvocation/invoked"]
    assert meta["securitySchemes"] == listed[name]["securitySchemes"]


def test_a_tool_without_a_view_may_have_the_phrases_alone(listed):
    assert {name for name in listed["visits_cancel"]["_meta"] if name != "securitySchemes"} == {
        "openai/toolInvocation/invoking",
        "openai/toolInvocation/invoked",
    }
    assert listed["discovery_amenities"]["_meta"].keys() == {"securitySchemes"}


def test_every_tool_with_a_view_has_phrases():
    declared = tools.for_audiences(*Audience)
    assert [tool.name for tool in declared if tool.widget and not tool.phrases] == []


def test_a_view_is_listed_where_it_stays_where_its_content_is_and_for_the_first_generation(resources):
    kinds = {uri: one["mimeType"] for uri, one in resources.items() if "propertysearch" in uri}
    version = widgets.everything()["PropertySearchWidget"].version
    assert kinds == {
        SEARCH: "text/html;profile=mcp-app",
        f"{SEARCH}?v={version}": "text/html;profile=mcp-app",
        "ui://widget/propertysearchwidget.skybridge.html": "text/html+skybridge",
    }
    assert len(resources) == 3 * len(widgets.everything())


@pytest.mark.parametrize("path", ["/mcp", "/mcp-admin"])
def test_a_view_is_read_with_what_it_may_load(base, path):
    (content,) = ask(base, "resources/read", {"uri": SEARCH}, path=path)["contents"]
    assert content["text"] == widgets.everything()["PropertySearchWidget"].html
    assert content["mimeType"] == "text/html;profile=mcp-app"
    ui = content["_meta"]["ui"]
    assert (ui["resourceUri"], ui["domain"], ui["prefersBorder"]) == (SEARCH, base, True)
    assert ui["csp"]["connectDomains"] == [base]
    assert ui["csp"]["frameDomains"] == []
    assert base in ui["csp"]["resourceDomains"]
    assert "https://res.cloudinary.com" in ui["csp"]["resourceDomains"]
    meta = content["_meta"]
    assert (meta["openai/widgetDomain"], meta["openai/widgetPrefersBorder"]) == (base, True)
    assert meta["openai/widgetDescription"]
    assert meta["openai/widgetCSP"]["connect_domains"] == meta["openai/widgetCSP"]["connectDomains"] == [base]


@pytest.mark.parametrize("version", [widgets.everything()["PropertySearchWidget"].version, "00000000"])
def test_a_view_is_read_by_its_content_also_after_a_deployment(base, version):
    uri = f"{SEARCH}?v={version}"
    (content,) = ask(base, "resources/read", {"uri": uri})["contents"]
    assert content["uri"] == uri
    assert content["text"].startswith("<!doctype html>")


@pytest.mark.parametrize(
    "uri", ["ui://widget/nobodyswidget.html", "ui://widget/ownerdashboardwidget.html", "ui://widget/../manifest.json"]
)
def test_a_view_that_is_not_there_is_refused(base, uri):
    answer = post(base, "resources/read", {"uri": uri}).text
    assert '"error"' in answer
    assert '"result"' not in answer


def test_a_result_names_the_view_by_its_content(base):
    result = ask(base, "tools/call", {"name": "discovery_search", "arguments": {}})
    version = widgets.everything()["PropertySearchWidget"].version
    assert result["_meta"]["ui"]["resourceUri"] == f"{SEARCH}?v={version}"


def test_a_refusal_and_what_opens_no_view_name_none(base, people):
    token = {"authorization": f"Bearer {token_for(base, people.seeker)}"}
    calls = {
        "discovery_property_get": {"property_id": 987654321},
        "discovery_swipe": {"property_id": 987654321, "is_liked": True},
        "owner_properties_list": {},  # its view comes with the area of leases
    }
    for name, given in calls.items():
        result = ask(base, "tools/call", {"name": name, "arguments": given}, **token)
        assert "ui" not in result.get("_meta", {})


def test_both_eras_are_told_that_there_are_views(base):
    client = {"protocolVersion": "2025-11-25", "capabilities": {}, "clientInfo": {"name": "t", "version": "1"}}
    told = ask(base, "initialize", client)["capabilities"]
    assert told["extensions"] == told["experimental"] == {"io.modelcontextprotocol/ui": {}}
    assert HEADERS["mcp-protocol-version"] == "2025-11-25"
