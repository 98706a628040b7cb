"""Prompts and what their fields suggest, over the wire."""

import pytest

from tests.mcp.conftest import ask, committed, talk, token_for
from tests.support.listings import make_listing
from tests.support.visits import at, make_visit

pytestmark = [pytest.mark.journey, pytest.mark.django_db]


def test_they_are_listed_with_their_fields(lone, cast):
    listed = {one["name"]: one for one in ask(lone, "prompts/list")["result"]["prompts"]}
    assert {"find_a_home", "prepare_a_visit", "monthly_owner_review"} <= listed.keys()
    fields = {one["name"]: one["required"] for one in listed["find_a_home"]["arguments"]}
    assert (fields["city"], fields["budget"]) == (True, False)


@pytest.mark.parametrize("mode", ["legacy", "auto"])
def test_one_comes_with_what_it_is_about(lone, cast, mode):
    listing = committed(lambda: make_listing(cast.owner, title="Sunny house"))
    visit = committed(lambda: make_visit(cast.seeker, listing, begins=at(days=9 if mode == "auto" else 8)))

    async def prepare(client):
        return await client.get_prompt("prepare_a_visit", {"visit_id": str(visit.pk)})

    said = talk(f"{lone}/mcp", prepare, mode=mode, token=token_for(lone, cast.seeker))
    about, text = (message.content for message in said.messages)
    assert about.resource.uri == f"ghar://listing/{listing.pk}"
    assert '"Sunny house"' in about.resource.text
    assert "Prepare me for it" in text.text


def test_a_refusal_names_what_is_wrong(lone):
    refused = ask(lone, "prompts/get", {"name": "find_a_home", "arguments": {"city": ""}})["error"]
    assert (refused["code"], refused["data"]["code"]) == (-32602, "VALIDATION_ERROR")
    assert refused["data"]["details"][0]["loc"] == ["arguments", "city"]
    assert ask(lone, "prompts/get", {"name": "nothing"})["error"]["data"]["code"] == "PROMPT_NOT_FOUND"
    assert (
        ask(lone, "prompts/get", {"name": "prepare_a_visit", "arguments": {"visit_id": "1"}})["error"]["data"]["code"]
        == "UNAUTHORIZED"
    )


def complete(lone, field, value, ref=None, **others):
    params = {
        "ref": ref or {"type": "ref/prompt", "name": "find_a_home"},
        "argument": {"name": field, "value": value},
        "context": {"arguments": others},
    }
    return ask(lone, "completion/complete", params)


def test_fields_suggest_values(lone, cast):
    committed(lambda: make_listing(cast.owner, city="Zirakpur", locality="Zed Block"))
    assert complete(lone, "city", "zi")["result"]["completion"] == {
        "values": ["Zirakpur"],
        "total": 1,
        "hasMore": False,
    }
    assert complete(lone, "locality", "ze", city="Zirakpur")["result"]["completion"]["values"] == ["Zed Block"]
    assert complete(lone, "budget", "4")["result"]["completion"]["values"] == []
    listing = {"type": "ref/resource", "uri": "ghar://listing/{property_id}"}
    assert complete(lone, "property_id", "1", listing)["result"]["completion"]["values"] == []


def test_what_is_not_there_has_no_values(lone):
    assert complete(lone, "city", "z", {"type": "ref/prompt", "name": "nothing"})["error"]["code"] == -32602
    assert complete(lone, "city", "z", {"type": "ref/resource", "uri": "ghar://x"})["error"]["code"] == -32602
