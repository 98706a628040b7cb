"""Prompts and the values of their fields are declared like tools."""

from typing import Any

import pytest

from ghar import prompts
from ghar.actors import ANONYMOUS, Actor
from ghar.prompts import Asked, asked, completes, prompt
from ghar.tools import Audience, ToolRefused

pytestmark = [pytest.mark.usefixtures("registry"), pytest.mark.django_db]


def greet(actor: Actor, name: str, times: int = 1) -> Asked:
    """Greet somebody."""
    return asked(f"Hello {name}! " * times, about=["ghar://house/1"])


def names(actor: Actor, value: str, times: str = "") -> dict[str, Any]:
    """Names that begin so."""
    return {"values": [value + times, "Zoe"]}


def test_it_says_something_about_something(registry):
    prompt("greet", on={Audience.GUEST}, title="Greet")(greet)
    assert prompts.get(ANONYMOUS, "greet", {"name": "Asha", "times": "2"}).data == {
        "text": "Hello Asha! Hello Asha! ",
        "about": ["ghar://house/1"],
    }
    assert prompts.get(ANONYMOUS, "greet", {}).data["details"][0]["loc"] == ["arguments", "name"]
    assert prompts.get(ANONYMOUS, "nothing", {}).data["code"] == "PROMPT_NOT_FOUND"


def test_it_is_for_those_it_names(registry, cast):
    prompt("greet", on={Audience.USER}, title="Greet")(greet)
    assert prompts.get(ANONYMOUS, "greet", {"name": "A"}).data["code"] == "UNAUTHORIZED"
    assert prompts.get(Actor.of(cast.owner), "greet", {"name": "A"}).error is None


def test_a_name_is_taken_once(registry):
    prompt("greet", on={Audience.GUEST}, title="Greet")(greet)
    with pytest.raises(ToolRefused, match="taken"):
        prompt("greet", on={Audience.GUEST}, title="Greet")(greet)


def test_fields_suggest_values_by_what_stands_beside_them(registry):
    completes("name", on={Audience.GUEST})(names)
    assert prompts.complete(ANONYMOUS, "name", "A", {"times": "3", "else": "x"}).data == {"values": ["A3", "Zoe"]}
    assert prompts.complete(ANONYMOUS, "times", "1", {}).data == {"values": []}
