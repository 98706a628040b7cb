"""Nothing is destroyed before the person said yes: asked by their client, or through the model."""

import mcp_types as types
import pytest

from apps.visits.models import Visit
from tests.mcp.conftest import ask, committed, talk, token_for
from tests.support.listings import make_listing
from tests.support.visits import at, make_visit

pytestmark = [pytest.mark.journey, pytest.mark.django_db]


@pytest.fixture
def visit(cast):
    made = committed(lambda: make_visit(cast.tenant, make_listing(cast.owner), begins=at(days=20)))
    yield made
    committed(lambda: Visit.objects.filter(pk=made.pk).delete())


def status_of(visit):
    return committed(lambda: Visit.objects.get(pk=visit.pk).status)


def call(lone, arguments, token=None, name="visits_cancel"):
    return ask(lone, "tools/call", {"name": name, "arguments": arguments}, token=token)["result"]


def through(lone, cast, visit, answer, **more):
    """Call it off with the official client of the newest era, whose person answers so."""
    asked = []

    async def person(context, params):
        asked.append(params.message)
        return answer

    async def cancel(client):
        return await client.call_tool("visits_cancel", {"visit_id": visit.pk, "reason": "Found one"}, **more)

    token = token_for(lone, cast.tenant)
    return talk(f"{lone}/mcp", cancel, mode="auto", token=token, elicitation_callback=person), asked


def test_the_persons_client_asks_and_yes_does_it(lone, cast, visit):
    yes = types.ElicitResult(action="accept", content={"confirm": True})
    result, asked = through(lone, cast, visit, yes)
    assert asked == [f"Cancel Visit (visit id {visit.pk}, reason Found one): this cannot be undone. Go ahead?"]
    assert result.structured_content == {"success": True, "visit_id": visit.pk, "status": "cancelled"}
    assert status_of(visit) == "cancelled"


@pytest.mark.parametrize(
    "answer",
    [
        types.ElicitResult(action="decline"),
        types.ElicitResult(action="cancel"),
        types.ElicitResult(action="accept", content={"confirm": False}),
    ],
)
def test_anything_else_does_nothing(lone, cast, visit, answer):
    result, _ = through(lone, cast, visit, answer)
    assert (result.is_error, result.structured_content["declined"]) == (False, True)
    assert status_of(visit) == "requested"


def test_a_client_that_cannot_ask_is_told_to(lone, cast, visit):
    token, arguments = token_for(lone, cast.tenant), {"visit_id": visit.pk}
    first = call(lone, arguments, token)
    assert (first["isError"], first["structuredContent"]["needs_confirmation"]) == (False, True)
    assert first["structuredContent"]["arguments"] == arguments
    assert "confirm: true" in first["content"][0]["text"]
    assert status_of(visit) == "requested"
    second = call(lone, {**first["structuredContent"]["arguments"], "confirm": True}, token)
    assert second["structuredContent"]["status"] == "cancelled"


@pytest.mark.parametrize("word", [False, None, "true", 1, {}])
def test_only_true_is_a_yes(lone, cast, visit, word):
    result = call(lone, {"visit_id": visit.pk, "confirm": word}, token_for(lone, cast.tenant))
    assert result["structuredContent"]["needs_confirmation"] is True
    assert status_of(visit) == "requested"


def test_who_may_not_is_refused_before_anybody_is_asked(lone, cast, visit):
    assert call(lone, {"visit_id": visit.pk})["structuredContent"]["code"] == "UNAUTHORIZED"
    token = token_for(lone, cast.tenant)
    assert call(lone, {"visit_id": "many"}, token)["structuredContent"]["code"] == "VALIDATION_ERROR"
    reader = token_for(lone, cast.tenant, scope="mcp:read")
    assert call(lone, {"visit_id": visit.pk, "confirm": True}, reader)["structuredContent"]["code"] == (
        "INSUFFICIENT_SCOPE"
    )


def test_somebody_elses_visit_is_not_there(lone, cast, visit):
    result = call(lone, {"visit_id": visit.pk, "confirm": True}, token_for(lone, cast.stranger))
    assert result["structuredContent"]["code"] == "VISIT_NOT_FOUND"
    assert status_of(visit) == "requested"


def test_what_destroys_says_so_in_its_schema(lone):
    tools = {one["name"]: one for one in ask(lone, "tools/list")["result"]["tools"]}
    with_yes = {name for name, one in tools.items() if "confirm" in one["inputSchema"].get("properties", {})}
    assert with_yes == {name for name, one in tools.items() if one["annotations"]["destructiveHint"]}
    assert "visits_cancel" in with_yes


def modern(lone, token, arguments, **params):
    """One round of the newest era, as bytes: what a client may make of a question of ours."""
    meta = {
        "io.modelcontextprotocol/protocolVersion": "2026-07-28",
        "io.modelcontextprotocol/clientCapabilities": {"elicitation": {"form": {}}},
    }
    return ask(
        lone,
        "tools/call",
        {"name": "visits_cancel", "arguments": arguments, "_meta": meta, **params},
        token=token,
        modern="visits_cancel",
    )


def test_a_yes_is_for_the_question_that_was_asked(lone, cast, visit):
    token, arguments = token_for(lone, cast.tenant), {"visit_id": visit.pk}
    question = modern(lone, token, arguments)["result"]
    assert question["resultType"] == "input_required"
    yes = {"confirmation": {"action": "accept", "content": {"confirm": True}}}
    state = question["requestState"]
    refused = [
        modern(lone, token, {**arguments, "reason": "Another"}, inputResponses=yes, requestState=state),
        modern(lone, token_for(lone, cast.stranger), arguments, inputResponses=yes, requestState=state),
        modern(lone, token, arguments, inputResponses=yes, requestState=state[:-4] + "AAAA"),
        modern(lone, token, arguments, inputResponses=yes, requestState="asked"),
    ]
    assert {one["error"]["data"]["reason"] for one in refused} == {"invalid_request_state"}
    assert modern(lone, token, arguments, inputResponses=yes)["result"]["resultType"] == "input_required"
    assert status_of(visit) == "requested"
    done = modern(lone, token, arguments, inputResponses=yes, requestState=state)["result"]
    assert done["structuredContent"]["status"] == "cancelled"
