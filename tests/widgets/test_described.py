"""What the servers say of widgets: tools name theirs in the words of both generations of hosts, and files are read."""

from typing import Any

import pytest

from ghar import tools, widgets
from ghar.actors import ANONYMOUS, Actor
from ghar.mcp import results
from ghar.mcp import widgets as described
from ghar.tools import Audience
from tests.support.listings import make_listing

SEARCH = "ui://widget/propertysearchwidget.html"
BUILT = widgets.everything()["PropertySearchWidget"]
TOOLS = {
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
    "agent_properties_get": "propertydetailswidget",
    "agent_properties_list": "ownerdashboardwidget",
    "agent_visits_list_all": "visitlistwidget",
}
PHRASES = {"openai/toolInvocation/invoking", "openai/toolInvocation/invoked"}


def wire(model: Any) -> dict[str, Any]:
    """What a client reads of it."""
    return dict(model.model_dump(by_alias=True, mode="json", exclude_none=True))


def meta_of(name: str) -> dict[str, Any]:
    """What a tool's descriptor says beside the schema."""
    declared = tools.find(name)
    assert declared is not None
    return dict(wire(results.described(declared))["_meta"])


@pytest.mark.parametrize("name", TOOLS)
def test_a_tool_names_its_view_for_both_generations(name):
    meta = meta_of(name)
    uri = f"ui://widget/{TOOLS[name]}.html"
    assert meta["ui"] == {"resourceUri": uri, "visibility": ["model", "app"]}
    assert meta["ui/resourceUri"] == meta["openai/outputTemplate"] == uri
    assert meta["ui/visibility"] == "host"
    assert meta["openai/widgetAccessible"] is True
    assert all(meta[name] for name in PHRASES)
    assert meta["securitySchemes"]


def test_no_other_tool_names_one_and_all_that_do_have_phrases():
    declared = tools.for_audiences(*Audience)
    assert {tool.name for tool in declared if tool.widget} == set(TOOLS)
    assert [tool.name for tool in declared if tool.widget and not tool.phrases] == []


def test_a_tool_without_a_view_may_have_the_phrases_alone():
    assert meta_of("visits_cancel").keys() == {"securitySchemes", *PHRASES}
    assert meta_of("discovery_amenities").keys() == {"securitySchemes"}


def test_a_view_is_listed_where_it_stays_where_its_content_is_and_for_the_first_generation():
    listed = {one["uri"]: one["mimeType"] for one in map(wire, described.resources())}
    assert {uri: mime for uri, mime in listed.items() if "propertysearch" in uri} == {
        SEARCH: "text/html;profile=mcp-app",
        f"{SEARCH}?v={BUILT.version}": "text/html;profile=mcp-app",
        "ui://widget/propertysearchwidget.skybridge.html": "text/html+skybridge",
    }
    assert len(listed) == 3 * len(widgets.everything())


def test_a_view_is_read_with_what_it_may_load(settings):
    base = settings.PUBLIC_BASE_URL
    content = wire(described.read(SEARCH))
    assert (content["text"], content["mimeType"]) == (BUILT.html, "text/html;profile=mcp-app")
    meta = content["_meta"]
    ui = meta["ui"]
    assert (ui["resourceUri"], ui["domain"], ui["prefersBorder"]) == (SEARCH, base, True)
    assert (ui["csp"]["connectDomains"], ui["csp"]["frameDomains"]) == ([base], [])
    assert {base, "https://res.cloudinary.com"} <= set(ui["csp"]["resourceDomains"])
    assert (meta["openai/widgetDomain"], meta["openai/widgetPrefersBorder"]) == (base, True)
    assert meta["openai/widgetDescription"] == BUILT.description
    assert meta["openai/widgetCSP"]["connect_domains"] == meta["openai/widgetCSP"]["connectDomains"] == [base]


@pytest.mark.parametrize("version", [BUILT.version, "00000000"])
def test_a_view_is_read_by_its_content_also_after_a_deployment(version):
    content = wire(described.read(f"{SEARCH}?v={version}"))
    assert (content["uri"], content["text"]) == (f"{SEARCH}?v={version}", BUILT.html)


@pytest.mark.parametrize(
    "uri", ["ui://widget/nobodyswidget.html", "ui://widget/ownerdashboardwidget.html", "ui://widget/../manifest.json"]
)
def test_a_view_that_is_not_there_is_not_read(uri):
    assert described.read(uri) is None


@pytest.mark.django_db
def test_a_result_names_the_view_by_its_content(cast):
    make_listing(cast.owner)
    shown = wire(results.shown(tools.call(ANONYMOUS, "discovery_search", {}), metadata_url=""))
    assert shown["_meta"] == {"ui": {"resourceUri": f"{SEARCH}?v={BUILT.version}"}}


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "given"),
    [
        ("discovery_property_get", {"property_id": 987654321}),  # a refusal
        ("discovery_swipe", {"property_id": 987654321, "is_liked": True}),  # the view is open already
        ("owner_properties_list", {}),  # its view is not built yet
    ],
)
def test_a_result_may_name_none(cast, name, given):
    outcome = tools.call(Actor.of(cast.seeker), name, given)
    assert "_meta" not in wire(results.shown(outcome, metadata_url=""))
