"""Resources over the wire, in both eras."""

import pytest

from apps.discovery.services import saved_searches
from ghar.actors import Actor
from ghar.mcp import paging
from tests.mcp.conftest import ask, committed, talk, token_for

pytestmark = [pytest.mark.journey, pytest.mark.django_db]


def own(lone, token=None, **params):
    return ask(lone, "resources/list", params, token=token)["result"]


def test_the_kinds_are_listed(lone, cast):
    templates = ask(lone, "resources/templates/list")["result"]["resourceTemplates"]
    assert {one["uriTemplate"] for one in templates} >= {
        "ghar://listing/{property_id}",
        "ghar://saved-search/{saved_search_id}",
    }
    assert all(one["description"] and one["mimeType"] == "application/json" for one in templates)


@pytest.mark.parametrize("mode", ["legacy", "auto"])
def test_what_is_ones_own_is_listed_and_read(lone, cast, mode):
    async def walk(client):
        listed = [one for one in (await client.list_resources()).resources if not str(one.uri).startswith("ui:")]
        return listed, [(await client.read_resource(one.uri)).contents[0].text for one in listed]

    listed, texts = talk(f"{lone}/mcp", walk, mode=mode, token=token_for(lone, cast.owner))
    assert {one.title for one in listed} == {"Three rooms", "Two rooms"}
    assert all('"bedrooms":' in text for text in texts)


def test_a_list_goes_on_where_it_ended(lone, cast, monkeypatch):
    actor = Actor.of(cast.owner)
    for number in range(2):
        saved = {"actor": actor, "name": f"Search {number}", "filters": {"bedrooms_min": number}, "notify": False}
        committed(lambda saved=saved: saved_searches.save_search(**saved))
    token = token_for(lone, cast.owner)
    first = own(lone, token)
    second = own(lone, token, cursor=first["nextCursor"])
    assert {one["name"] for one in without_views(first)} == {"listing"}
    assert [one["title"] for one in second["resources"]] == ["Search 1", "Search 0"]
    assert "nextCursor" not in second
    assert without_views(own(lone)) == []


def without_views(page):
    """The resources of a page but the views of tools, which are everybody's and stand on the first one."""
    return [one for one in page["resources"] if not one["uri"].startswith("ui:")]


def test_somebody_elses_is_not_there(lone, cast):
    theirs = {"actor": Actor.of(cast.seeker), "name": "Theirs", "filters": {"bedrooms_min": 1}, "notify": False}
    saved = committed(lambda: saved_searches.save_search(**theirs))
    uri = f"ghar://saved-search/{saved.pk}"
    refused = ask(lone, "resources/read", {"uri": uri}, token=token_for(lone, cast.tenant))["error"]
    assert (refused["code"], refused["data"]) == (-32002, {"code": "SAVED_SEARCH_NOT_FOUND", "uri": uri})
    refused = ask(lone, "resources/read", {"uri": uri})["error"]
    assert refused["data"]["code"] == "UNAUTHORIZED"
    assert "resource_metadata=" in refused["data"]["mcp/www_authenticate"][0]


@pytest.mark.parametrize("uri", ["ghar://listing/1x", "ghar://nothing/1", "file:///etc/passwd", "x"])
def test_an_address_of_nothing_is_refused(lone, uri):
    assert ask(lone, "resources/read", {"uri": uri})["error"]["data"]["code"] in (
        "VALIDATION_ERROR",
        "RESOURCE_NOT_FOUND",
    )


@pytest.mark.parametrize("cursor", ["x", "////", paging.cursor("a"), paging.cursor("ghar://listing", "x"), "WzEsMl0"])
def test_a_cursor_of_nobody_is_refused(lone, cast, cursor):
    refused = ask(lone, "resources/list", {"cursor": cursor}, token=token_for(lone, cast.owner))
    assert refused.get("error", {}).get("code", -32602) == -32602
    assert "error" in refused or refused["result"]["resources"]


def test_the_staffs_server_reads_listings_too(lone, cast):
    templates = ask(lone, "resources/templates/list", path="/mcp-admin")["result"]["resourceTemplates"]
    assert [one["name"] for one in templates] == ["listing"]
