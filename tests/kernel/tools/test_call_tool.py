"""`tools.call` alone decides who may, what is a valid argument, and what a failure looks like."""

import dataclasses
import functools
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection

from ghar import tools
from ghar.actors import ANONYMOUS, Actor
from ghar.answers import Answer
from ghar.errors import Conflict
from ghar.tools import Audience, Id, call, tool

pytestmark = pytest.mark.django_db


class HouseTaken(Conflict):
    """The house of the test is taken."""

    code = "HOUSE_TAKEN"
    message = "Somebody has that house"


def echo(actor: Actor, house: Id, note: str = "", tags: list[str] | None = None, weight: float = 0) -> dict[str, Any]:
    """Say what arrived."""
    return {"who": actor.id, "house": house, "note": note}


def taken(actor: Actor) -> dict[str, Any]:
    """Refuse."""
    raise HouseTaken(details={"house": 7, "price": Decimal("1.50")})


def broken(actor: Actor) -> dict[str, Any]:
    """Fail."""
    raise RuntimeError("the secret is 1234")


def impossible(actor: Actor) -> dict[str, Any]:
    """Ask the database for what it cannot do."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1/0")
    return {}


@pytest.fixture(autouse=True)
def declared(registry: dict[str, tools.Tool]) -> None:
    for name, function, on in (
        ("echo", echo, {Audience.GUEST, Audience.USER}),
        ("mine", echo, {Audience.USER}),
        ("staff", echo, {Audience.STAFF}),
        ("taken", taken, {Audience.GUEST}),
        ("broken", broken, {Audience.GUEST}),
        ("impossible", impossible, {Audience.GUEST}),
    ):
        tool(name, on=on, title=name, answers=Answer)(function)
    tool("change", on={Audience.USER}, title="Change", answers=Answer, writes=True)(echo)


def code(outcome: tools.Outcome) -> str | None:
    return outcome.data.get("code")


@pytest.mark.parametrize(
    ("name", "admitted"),
    [
        ("echo", {"anonymous", "owner", "agent", "admin"}),
        ("mine", {"owner", "agent", "admin"}),
        ("staff", {"agent", "admin"}),
    ],
)
def test_a_tool_is_for_those_it_names(name, admitted, cast):
    people = {"anonymous": ANONYMOUS, **{who: Actor.of(getattr(cast, who)) for who in ("owner", "agent", "admin")}}
    assert {who for who, actor in people.items() if call(actor, name, {"house": 1}).error is None} == admitted


def test_the_refusal_says_what_is_missing(cast):
    assert code(call(ANONYMOUS, "mine", {"house": 1})) == "UNAUTHORIZED"
    assert code(call(Actor.of(cast.owner), "staff", {"house": 1})) == "INSUFFICIENT_PERMISSIONS"
    assert code(call(ANONYMOUS, "nothing")) == "TOOL_NOT_FOUND"


@pytest.mark.parametrize(
    ("scopes", "name", "passes"),
    [
        ({"mcp:read"}, "mine", True),
        ({"mcp:read"}, "change", False),
        ({"mcp:read", "mcp:write"}, "change", True),
        (set(), "mine", False),
    ],
)
def test_a_token_reaches_as_far_as_its_scopes(scopes, name, passes, cast):
    actor = Actor.of(cast.owner, via="mcp", scopes=frozenset(scopes))
    outcome = call(actor, name, {"house": 1})
    assert code(outcome) == (None if passes else "INSUFFICIENT_SCOPE")


@pytest.mark.parametrize(
    ("arguments", "field"),
    [
        ({}, "house"),
        ({"house": 0}, "house"),
        ({"house": "many"}, "house"),
        ({"house": 2**63}, "house"),
        ({"house": 10**400}, "house"),
        ({"house": 1, "note": "a\x00b"}, "note"),
        ({"house": 1, "note": "\ud800"}, "note"),
        ({"house": 1, "note": "x" * 8001}, "note"),
        ({"house": 1, "tags": ["fine", "a\x00b"]}, "tags"),
        ({"house": 1, "tags": "words"}, "tags"),
        ({"house": 1, "tags": functools.reduce(lambda inner, _: [inner], range(900), [])}, "tags"),
        ({"house": 1, "tags": functools.reduce(lambda inner, _: {"a": inner}, range(900), {})}, "tags"),
        ({"house": 1, "weight": float("nan")}, "weight"),
    ],
)
def test_a_wrong_argument_is_refused_by_name(arguments, field):
    outcome = call(ANONYMOUS, "echo", arguments)
    assert code(outcome) == "VALIDATION_ERROR"
    assert outcome.data["details"][0]["loc"][:2] == ["arguments", field]
    assert outcome.data["error"] is True


def test_nobody_acts_for_somebody_else_by_an_argument(cast):
    outcome = call(Actor.of(cast.owner), "mine", {"house": 1, "actor": cast.admin.id, "who": cast.admin.id})
    assert outcome.data["who"] == cast.owner.id


def test_a_refusal_of_the_domain_is_told_as_it_is():
    assert call(ANONYMOUS, "taken").data == {
        "error": True,
        "code": "HOUSE_TAKEN",
        "message": "Somebody has that house",
        "details": {"house": 7, "price": 1.5},
    }


@pytest.mark.parametrize("name", ["broken", "impossible"])
def test_a_fault_of_ours_tells_nothing(name):
    outcome = call(ANONYMOUS, name)
    assert code(outcome) == "INTERNAL_ERROR"
    assert "1234" not in str(outcome.data)
    assert "zero" not in str(outcome.data)


def test_answers_are_plain_json():
    def answer(actor: Actor) -> dict[str, Any]:
        """Answer with what Python has."""
        return {"day": date(2026, 1, 2), "price": Decimal("12.50"), "for": Audience.USER, 7: ("a", None)}

    tool("answer", on={Audience.GUEST}, title="Answer", answers=Answer)(answer)
    assert call(ANONYMOUS, "answer").data == {"day": "2026-01-02", "price": 12.5, "for": "user", "7": ["a", None]}


def test_a_result_is_summed_up_in_words():
    outcome = call(ANONYMOUS, "echo", {"house": 3})
    assert outcome.summary == '{"who":null,"house":3,"note":""}'
    spoken = dataclasses.replace(outcome.tool, says=lambda data: f"House {data['house']}.")
    assert dataclasses.replace(outcome, tool=spoken).summary == "House 3."
    assert call(ANONYMOUS, "taken").summary == "Error: Somebody has that house"
