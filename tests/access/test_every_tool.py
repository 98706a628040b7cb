"""Every tool, called by everybody: who gets in is what the tool declares."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from ghar import tools
from ghar.actors import ANONYMOUS, Actor
from ghar.tools import Audience
from tests.access import expectations
from tests.access.expectations import IN

STAFF = expectations.AGENTS | expectations.ADMINS
ENTRANCE = {"UNAUTHORIZED", "INSUFFICIENT_PERMISSIONS", "INSUFFICIENT_SCOPE"}
TOOLS = tools.for_audiences(*Audience)


def expected(tool: tools.Tool, who: str) -> str:
    """`let in`, or the code that this person meets."""
    if Audience.GUEST in tool.on:
        return IN
    if who == expectations.ANONYMOUS:
        return "UNAUTHORIZED"
    if Audience.USER in tool.on or who in STAFF:
        return IN
    return "INSUFFICIENT_PERMISSIONS"


def _reached(tool: tools.Tool, actor: Actor) -> set[str]:
    """The scopes without which a token does not reach the tool."""
    refused = set()
    for scope in tools.SCOPES:
        others = frozenset(tools.SCOPES) - {scope}
        outcome = tools.call(Actor.of(actor.user, via="mcp", scopes=others), tool.name, {})
        if outcome.error is not None and outcome.error.code == "INSUFFICIENT_SCOPE":
            refused.add(scope)
    return refused


def findings(tool: tools.Tool, actors: dict[str, Actor]) -> list[str]:
    """Where what happened differs from what was declared, a line each."""
    found = []
    for who, actor in actors.items():
        with CaptureQueriesContext(connection) as captured:
            outcome = tools.call(actor, tool.name, {})
        code = outcome.error.code if outcome.error is not None else IN
        happened = code if code in ENTRANCE else IN
        if happened != expected(tool, who):
            found.append(f"{tool.name} is for {sorted(tool.on)}, but {who}: {outcome.data}")
        if happened != IN and captured.captured_queries:
            found.append(f"{tool.name} refused {who} after asking the database")
        if code == "INTERNAL_ERROR":
            found.append(f"{tool.name} failed for {who}")
        if actor.is_signed_in and happened == IN and tool.scope not in _reached(tool, actor):
            found.append(f"{tool.name} needs no scope of {who}")
    return found


@pytest.mark.django_db
@pytest.mark.parametrize("tool", TOOLS, ids=lambda tool: tool.name)
def test_the_door_is_as_declared(tool, cast):
    people = {who: Actor.of(user) for who, user in cast.everyone().items()}
    assert findings(tool, {expectations.ANONYMOUS: ANONYMOUS, **people}) == []


def test_there_are_tools_for_each_audience():
    assert all(tools.for_audiences(audience) for audience in Audience)
