"""A declaration that nobody could call or understand is refused when it is made."""

from typing import Any

import pytest

from ghar.actors import Actor
from ghar.answers import Answer
from ghar.tools import Audience, Id, ToolRefused, find, tool

pytestmark = pytest.mark.usefixtures("registry")
USERS = {Audience.USER}


class Done(Answer):
    """What was done."""

    house: int


def fine(actor: Actor, house: Id, note: str | None = None) -> dict[str, Any]:
    """Do something with a house.

    It is done at once.
    """
    return {"house": house, "note": note}


def test_the_signature_is_the_schema_and_the_docstring_the_description():
    tool("fine", on=USERS, title="Fine", answers=Done)(fine)
    declared = find("fine")
    assert declared.description == "Do something with a house.\n\nIt is done at once."
    assert declared.schema["required"] == ["house"]
    assert declared.schema["properties"]["house"]["minimum"] == 1
    assert declared.schema["properties"]["note"]["default"] is None


def test_a_name_is_taken_once():
    tool("fine", on=USERS, title="Fine", answers=Done)(fine)
    with pytest.raises(ToolRefused, match="fine: the name is taken"):
        tool("fine", on=USERS, title="Fine", answers=Done)(fine)


def no_docstring(actor: Actor) -> dict[str, Any]:
    return {}


def no_annotation(actor: Actor, house) -> dict[str, Any]:
    """Do something."""
    return {}


def no_answer(actor: Actor):
    """Do something."""
    return {}


def no_actor(house: int) -> dict[str, Any]:
    """Do something."""
    return {}


@pytest.mark.parametrize(
    ("function", "declaration", "problem"),
    [
        (no_docstring, {}, "there is no docstring"),
        (no_annotation, {}, "a parameter has no annotation"),
        (no_answer, {}, "nothing says what it answers"),
        (no_actor, {}, "the first parameter is not `actor`"),
        (fine, {"on": set()}, "nobody is named in `on`"),
        (fine, {"destructive": True}, "what destroys also writes"),
    ],
)
def test_what_is_unclear_is_refused(function, declaration, problem):
    with pytest.raises(ToolRefused, match=problem):
        tool("unclear", **{"on": USERS, "title": "Unclear", "answers": Done, **declaration})(function)
    assert find("unclear") is None
