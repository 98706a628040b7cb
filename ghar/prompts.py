"""Prompts: requests that a person picks from a menu of their client; and the values that its fields suggest.

    @prompt("find_a_home", on=EVERYBODY, title="Find a Home")
    def find_a_home(actor: Actor, city: str, budget: str | None = None) -> Asked:
        \"\"\"Look for a home together.\"\"\"
        return asked(f"Help me to find a home in {city}.")

    @completes("city", on=EVERYBODY)
    def cities(actor: Actor, value: str) -> dict[str, list[str]]:
        \"\"\"The cities that have listings.\"\"\"
        return {"values": [...]}

Both are declared beside the tools of an area. Fields are suggested by their names, whichever prompt or address they
belong to.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from ghar import tools
from ghar.actors import Actor
from ghar.errors import NotFound
from ghar.tools import Audience, Outcome, Tool

MOST = 100
"""Suggestions that a client gets at once."""

Asked = dict[str, Any]
_prompts: dict[str, Tool] = {}
_completers: dict[str, Tool] = {}


class PromptUnknown(NotFound):
    """There is no prompt of that name."""

    code = "PROMPT_NOT_FOUND"
    message = "There is no such prompt"


def asked(text: str, *, about: Sequence[str] = ()) -> Asked:
    """What a prompt says in the person's name, and the addresses of the resources that it is about."""
    return {"text": text, "about": list(about)}


def prompt(name: str, *, on: set[Audience], title: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Declare a function as a prompt. Raises ToolRefused for a declaration that cannot stand."""
    return _declaration(_prompts, name, on, title)


def completes(field: str, *, on: set[Audience]) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Declare what the fields of that name suggest, of the beginning `value` and of other fields by their names."""
    return _declaration(_completers, field, on, f"Values of {field}")


def _declaration(
    registry: dict[str, Tool], name: str, on: set[Audience], title: str
) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    def declare(run: Callable[..., Any]) -> Callable[..., Any]:
        declared = Tool(name=name, run=run, on=frozenset(on), title=title)
        tools.refuse_unclear(declared, taken=name in registry)
        registry[name] = declared
        return run

    return declare


def find(name: str) -> Tool | None:
    """The prompt of that name."""
    return _prompts.get(name)


def for_audiences(*audiences: Audience) -> list[Tool]:
    """The prompts for any of these, in order of their names."""
    return sorted((one for one in _prompts.values() if one.on & set(audiences)), key=lambda one: one.name)


def completers() -> list[Tool]:
    """What suggests values, in order of the fields."""
    return [_completers[field] for field in sorted(_completers)]


def get(actor: Actor, name: str, given: Mapping[str, Any]) -> Outcome:
    """What a prompt says. Never raises, as `tools.call` does not."""
    declared = find(name)
    return tools.perform(actor, declared, given) if declared is not None else tools.failed(PromptUnknown())


def complete(actor: Actor, field: str, value: str, others: Mapping[str, str]) -> Outcome:
    """`values` for a field that begins with `value`; none where nobody has any. `others` are the fields beside it."""
    declared = _completers.get(field)
    if declared is None:
        return Outcome({"values": []})
    return tools.perform(actor, declared, {**others, "value": value})
