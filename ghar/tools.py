"""Tools: one declaration that both MCP servers and the assistant serve.

    @tool("visits_schedule", on={Audience.USER}, writes=True, title="Schedule Property Visit", answers=VisitTold)
    def visits_schedule(actor: Actor, property_id: Id, scheduled_date: str) -> dict[str, Any]:
        \"\"\"Book a visit to a listing.\"\"\"
        return {"visit": services.schedule_visit(actor=actor, ...)}

The signature is the schema, `answers` that of the result, and the docstring the description. `call` alone decides
who may, what is a valid argument and what a failure looks like; no door repeats any of it.
"""

import inspect
from collections.abc import Callable, Mapping
from contextlib import nullcontext
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import Annotated, Any, get_type_hints

import structlog
from django.db import DatabaseError
from pydantic import BaseModel, Field

from ghar import arguments, calls, jsonable
from ghar.actors import Actor
from ghar.answers import Answer
from ghar.db import faults, signing
from ghar.db.threads import in_database
from ghar.errors import DomainError, InternalError, NotAllowed, NotFound, NotSignedIn

log = structlog.get_logger(__name__)

Id = Annotated[int, Field(ge=1, lt=arguments.BIGGEST)]
"""The id of a row, for signatures."""

READ, WRITE = "mcp:read", "mcp:write"
SCOPES = (READ, WRITE)


class Audience(StrEnum):
    """For whom a tool is. A person belongs to one or more of them; see `audiences_of`."""

    GUEST = "guest"  # everybody, also without signing in
    USER = "user"  # whoever has signed in
    STAFF = "staff"  # agents and admins, on the staff's server


class ToolUnknown(NotFound):
    """There is no tool of that name."""

    code = "TOOL_NOT_FOUND"
    message = "There is no such tool"


class ToolForStaff(NotAllowed):
    """Only agents and admins may call it."""

    code = "INSUFFICIENT_PERMISSIONS"
    message = "Agent or admin access required"


class ToolNeedsSignIn(NotSignedIn):
    """Somebody who has not signed in calls a tool that acts for a person."""


class ScopeMissing(NotAllowed):
    """The token that was granted does not reach as far as the tool does."""

    code = "INSUFFICIENT_SCOPE"
    message = "The token does not carry the scope that this tool needs"


class ToolRefused(TypeError):
    """A declaration that cannot stand; raised while modules are imported."""


@dataclass(frozen=True)
class Tool:
    """One declared tool. `answers` describes a result and `says` puts it in words; `phrases` is what hosts show while
    it runs and when it has.

    `widget` names the view that hosts show its result in; `widget_shown` is whether a result is a reason to open it.
    """

    name: str
    run: Callable[..., Mapping[str, Any]]
    on: frozenset[Audience]
    title: str
    answers: type[Answer] = Answer
    writes: bool = False
    destructive: bool = False
    envelope: bool = False
    widget: str | None = None
    widget_shown: bool = True
    phrases: tuple[str, str] | None = None
    action: str | None = None
    says: Callable[[dict[str, Any]], str] | None = None

    @property
    def description(self) -> str:
        """What a model reads about it."""
        return inspect.cleandoc(self.run.__doc__ or "")

    @property
    def scope(self) -> str:
        """What a token must have been granted."""
        return WRITE if self.writes else READ

    @property
    def is_open(self) -> bool:
        """May somebody call it who has not signed in?"""
        return Audience.GUEST in self.on

    @cached_property
    def arguments(self) -> type[BaseModel]:
        """The model of its arguments."""
        return arguments.model_of(self.name, self.run)

    @cached_property
    def schema(self) -> dict[str, Any]:
        """The JSON schema of its arguments."""
        return self.arguments.model_json_schema()


@dataclass(frozen=True)
class Outcome:
    """What came of a call. `data` is for models and clients; on failure it is `{error, code, message, details?}`."""

    data: dict[str, Any]
    tool: Tool | None = None
    error: DomainError | None = None
    arguments: dict[str, Any] = field(default_factory=dict)

    @property
    def widget(self) -> str | None:
        """The name of the view to show it in; none for a refusal."""
        is_shown = self.error is None and self.tool is not None and self.tool.widget_shown
        return self.tool.widget if self.tool is not None and is_shown else None

    @property
    def summary(self) -> str:
        """The result in a sentence, where that can be said; otherwise as JSON."""
        if self.error is not None:
            return f"Error: {self.error.message}"
        if self.tool is not None and self.tool.says is not None:
            return self.tool.says(self.data)
        if message := self.data.get("message"):
            return str(message)
        if isinstance(items := self.data.get("items"), list):
            return f"Found {len(items)} items"
        return jsonable.dumps(self.data).decode()


_registry: dict[str, Tool] = {}


def tool(
    name: str, *, on: set[Audience], title: str, answers: type[Answer], **rest: Any
) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Declare a function as a tool. Raises ToolRefused for a declaration that nobody could call or understand."""

    def declare(run: Callable[..., Any]) -> Callable[..., Any]:
        declared = Tool(name=name, run=run, on=frozenset(on), title=title, answers=answers, **rest)
        refuse_unclear(declared, taken=name in _registry)
        _registry[name] = declared
        return run

    return declare


def refuse_unclear(declared: Tool, *, taken: bool) -> None:
    """Raise ToolRefused for a declaration that cannot stand."""
    parameters = list(inspect.signature(declared.run).parameters.values())
    hints = get_type_hints(declared.run)
    problems = {
        "the name is taken": taken,
        "there is no docstring": not declared.description,
        "nobody is named in `on`": not declared.on,
        "the first parameter is not `actor`": not parameters or parameters[0].name != "actor",
        "nothing says what it answers": "return" not in hints,
        "a parameter has no annotation": any(parameter.name not in hints for parameter in parameters),
        "what destroys also writes": declared.destructive and not declared.writes,
    }
    if found := [problem for problem, there in problems.items() if there]:
        raise ToolRefused(f"tool {declared.name}: {'; '.join(found)}")


def find(name: str) -> Tool | None:
    """The tool of that name."""
    return _registry.get(name)


def for_audiences(*audiences: Audience) -> list[Tool]:
    """The tools for any of these, in order of their names."""
    return sorted((tool for tool in _registry.values() if tool.on & set(audiences)), key=lambda tool: tool.name)


def audiences_of(actor: Actor) -> set[Audience]:
    """Whom an actor counts among."""
    found = {Audience.GUEST}
    if actor.is_signed_in:
        found.add(Audience.USER)
    if actor.is_staff:
        found.add(Audience.STAFF)
    return found


def call(actor: Actor, name: str, given: Mapping[str, Any] | None = None) -> Outcome:
    """Call a tool for an actor. Never raises: a refusal is an outcome, and a fault of ours is logged and masked."""
    declared = find(name)
    return perform(actor, declared, given) if declared is not None else failed(ToolUnknown())


def perform(actor: Actor, declared: Tool, given: Mapping[str, Any] | None = None) -> Outcome:
    """The same for anything that is declared like a tool, be it in the registry or not (resources, prompts)."""
    values = dict(given or {})
    try:
        return Outcome(_run(actor, declared, values), declared, arguments=values)
    except DomainError as refused:
        return failed(refused, declared, values)
    except DatabaseError as fault:
        error = faults.as_unavailable(fault, endpoint=declared.name) or _masked(fault, declared.name)
        return failed(error, declared, values)
    except Exception as bug:  # noqa: BLE001 -- logged; what it says is for nobody outside
        return failed(_masked(bug, declared.name), declared, values)


def refusal(actor: Actor, declared: Tool, given: Mapping[str, Any]) -> Outcome | None:
    """What would refuse this call before it did anything; None when it would be carried out."""
    try:
        _prepared(actor, declared, given)
    except DomainError as refused:
        return failed(refused, declared, given)
    return None


def failed(error: DomainError, declared: Tool | None = None, given: Mapping[str, Any] | None = None) -> Outcome:
    """The outcome of a call that was refused."""
    return Outcome(_told(error), declared, error, dict(given or {}))


async def acall(actor: Actor, name: str, given: Mapping[str, Any] | None = None) -> Outcome:
    """The same from asynchronous code, in a thread that may use the database."""
    return await elsewhere(call, actor, name, given)


async def elsewhere(work: Callable[..., Outcome], *arguments: Any) -> Outcome:
    """What such a function answers, from a thread that may use the database; a refusal when none is free."""
    try:
        return await in_database(work, *arguments)
    except DomainError as busy:
        return failed(busy)


def admits(actor: Actor, declared: Tool) -> bool:
    """Would this actor be let in?"""
    try:
        _admit(actor, declared)
    except DomainError:
        return False
    return True


def shows(actor: Actor, declared: Tool) -> bool:
    """Is it on the list that this actor gets? Whoever has not signed in sees all that there is to sign in for."""
    return not actor.is_signed_in or admits(actor, declared)


def _admit(actor: Actor, declared: Tool) -> None:
    if not declared.on & audiences_of(actor):
        raise ToolForStaff if actor.is_signed_in else ToolNeedsSignIn
    if actor.is_signed_in and actor.via == "mcp" and declared.scope not in actor.scopes:
        raise ScopeMissing


def _run(actor: Actor, declared: Tool, given: dict[str, Any]) -> dict[str, Any]:
    passed = _prepared(actor, declared, given)
    with signing.signed(actor) if declared.writes else nullcontext(), calls.interruptible():
        answer: dict[str, Any] = jsonable.plain(declared.run(actor, **passed))
    return answer


def _prepared(actor: Actor, declared: Tool, given: Mapping[str, Any]) -> dict[str, Any]:
    _admit(actor, declared)
    return arguments.read(declared.arguments, given)


def _told(error: DomainError) -> dict[str, Any]:
    told = {"error": True, "code": error.code, "message": error.message}
    return {**told, "details": jsonable.plain(error.details)} if error.details else told


def _masked(bug: Exception, name: str) -> InternalError:
    log.error("a tool failed", tool=name, exc_info=bug)
    return InternalError()
