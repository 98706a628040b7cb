"""One turn of a conversation: the model's words and the tools' results, kept as they come, as frames for a client."""

import time
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

import structlog

from apps.assistant.gateways.openai_compatible import ProviderFailed
from apps.assistant.rules import borrowed, instructions, intents, pieces, texts
from apps.assistant.rules.pieces import Call, ChatMessage, Offer
from apps.assistant.services import conversations, outside, providers
from apps.assistant.services.outside import Outside
from apps.assistant.services.providers import Provider
from ghar import clock, jsonable, tools
from ghar.actors import Actor
from ghar.errors import Conflict, DomainError, Invalid
from ghar.limits import Limit
from ghar.tools import Outcome

log = structlog.get_logger(__name__)

SIGNED_IN_LIMIT, GUEST_LIMIT = Limit(30, 60), Limit(10, 60)
"""Messages a minute of one person, and of one address without signing in."""

MOST_ROUNDS, MOST_CALLS = 6, 12
LONGEST_TURN_S = 90.0

Run = Callable[..., Awaitable[Any]]
"""Runs a function that uses the database."""


class ConfirmationNeeded(Conflict):
    """The model wants to write, and the person has not plainly asked for it."""

    code = "CONFIRMATION_NEEDED"
    message = "Nothing was done. Ask the person to confirm this first."


class TooManySteps(Conflict):
    """The turn has used up its tools."""

    code = "TOO_MANY_STEPS"
    message = "No more tools can be called in this turn. Answer with what is known."


@dataclass(frozen=True)
class Frame:
    """One event of the stream."""

    event: str
    data: dict[str, Any]

    @property
    def encoded(self) -> bytes:
        """The frame on the wire."""
        return b"event: %b\ndata: %b\n\n" % (self.event.encode(), jsonable.dumps(self.data))


@dataclass
class _Turn:
    actor: Actor
    request: str
    run: Run
    messages: list[ChatMessage]
    offers: list[Offer]
    outside: Outside
    conversation_id: int | None = None
    text: str = ""
    calls: int = 0
    has_read_outside: bool = False
    ends_at: float = field(default_factory=lambda: time.monotonic() + LONGEST_TURN_S)


async def converse(*, actor: Actor, message: str, conversation_id: int | None, run: Run) -> AsyncIterator[Frame]:
    """Answer a message. Guests' turns are kept nowhere; everybody else's are, even when the client has left.

    A failure is the last frame, and never tells the text of an exception.
    """
    try:
        turn = await _begin(actor, message, conversation_id, run)
        if turn.conversation_id is not None:
            yield Frame("conversation_info", {"conversation_id": turn.conversation_id})
        if turn.outside.away:
            yield Frame("tools_away", {"servers": turn.outside.away, "message": _without(turn.outside.away)})
        async for frame in _answer(turn):
            yield frame
    except Exception:
        log.exception("a turn of the assistant failed")
        yield Frame("error", {"code": "STREAM_ERROR", "message": "Something went wrong. Please try again."})


async def _begin(actor: Actor, message: str, conversation_id: int | None, run: Run) -> _Turn:
    history: list[ChatMessage] = []
    kept = None
    if actor.is_signed_in:
        begun = await run(conversations.begin_turn, actor=actor, conversation_id=conversation_id, message=message)
        history, kept = begun.history, begun.conversation_id
    reached = await outside.gather(actor=actor)
    told = instructions.text(
        today=f"{clock.today():%A %d %B %Y}",
        is_signed_in=actor.is_signed_in,
        is_staff=actor.is_staff,
        reaches_outside=bool(reached.tools),
        away=reached.away,
    )
    messages = [{"role": "system", "content": told}, *history, {"role": "user", "content": message}]
    offered = tools.for_audiences(*tools.audiences_of(actor))
    offers = [Offer(one.name, one.description, one.schema) for one in offered]
    return _Turn(actor, message, run, messages, [*offers, *reached.offers], reached, kept)


def _without(away: tuple[str, ...]) -> str:
    return f"These do not answer at the moment, and I go on without them: {', '.join(away)}."


async def _answer(turn: _Turn) -> AsyncIterator[Frame]:
    """The first provider that finishes; one that fails hands over what has been done so far, so no tool runs twice."""
    chain = providers.system_chain()
    for place, provider in enumerate(chain):
        try:
            async for frame in _with_provider(turn, provider):
                yield frame
        except ProviderFailed as failed:
            if place + 1 == len(chain):
                yield Frame("error", {"code": "AGENT_ERROR", "message": failed.reason, "recoverable": False})
                return
            if turn.text:
                yield Frame("text_retracted", {"characters": len(turn.text)})
            turn.text = ""
            yield Frame("fallback", {"provider": chain[place + 1].name, "reason": failed.reason})
        else:
            yield await _finished(turn)
            return


async def _finished(turn: _Turn) -> Frame:
    done: dict[str, Any] = {"tool_calls_count": turn.calls, "response_text": turn.text}
    if turn.conversation_id is not None:
        if turn.text or turn.calls:
            await turn.run(conversations.system_keep_answer, conversation_id=turn.conversation_id, text=turn.text)
        done["conversation_id"] = turn.conversation_id
    return Frame("done", done)


async def _with_provider(turn: _Turn, provider: Provider) -> AsyncIterator[Frame]:
    """Rounds of the model's words and its calls, until it asks for no more."""
    for _ in range(MOST_ROUNDS):
        calls: list[Call] = []
        async for piece in provider.stream(turn.messages, turn.offers):
            if time.monotonic() > turn.ends_at:
                raise ProviderFailed("The answer took too long.")
            if isinstance(piece, Call):
                calls.append(piece)
            else:
                turn.text += piece.text
                yield Frame("text_chunk", {"text": piece.text})
        if not calls:
            return
        for call in calls:
            async for frame in _called(turn, call):
                yield frame
    stopped = "I stopped here, because this took too many steps."
    turn.text += stopped
    yield Frame("text_chunk", {"text": stopped})


async def _called(turn: _Turn, call: Call) -> AsyncIterator[Frame]:
    yield Frame("tool_call_start", {"call_id": call.call_id, "tool": call.tool})
    outcome = await _outcome(turn, call)
    turn.calls += 1
    turn.messages += [pieces.called(call), pieces.answered(call, outcome.data)]
    if turn.conversation_id is not None:
        kept = conversations.system_keep_call
        await turn.run(kept, conversation_id=turn.conversation_id, call=call, outcome=outcome)
    summary = texts.cut(outcome.summary)
    yield Frame(
        "tool_call_end",
        {"call_id": call.call_id, "tool": call.tool, "success": call.arguments is not None, "summary": summary},
    )
    if outcome.widget is not None:
        yield Frame("widget", {"widget_name": outcome.widget, "structured_content": outcome.data})


async def _outcome(turn: _Turn, call: Call) -> Outcome:
    """What a call gives. Who may call what is `tools.call`'s to say; here only the turn's own bounds are kept."""
    declared = tools.find(call.tool)
    if turn.calls >= MOST_CALLS:
        return _refused(TooManySteps())
    if call.arguments is None:
        return _refused(Invalid("The arguments are not a JSON object that can be kept."))
    if call.tool in turn.outside.tools:
        return await _from_outside(turn, call.tool, call.arguments)
    if declared is not None and declared.writes and not _may_write(turn):
        return _refused(ConfirmationNeeded())
    outcome: Outcome = await turn.run(tools.call, turn.actor, call.tool, call.arguments)
    return outcome


def _may_write(turn: _Turn) -> bool:
    """Has the person plainly asked for it, and has no text from outside had a say in what it is?"""
    return intents.is_clear(turn.request) and not turn.has_read_outside


async def _from_outside(turn: _Turn, name: str, arguments: dict[str, Any]) -> Outcome:
    if len(jsonable.dumps(arguments)) > borrowed.LONGEST_ARGUMENTS:
        return _refused(Invalid("The arguments are too long for a tool outside."))
    turn.has_read_outside = True
    return await outside.call(actor=turn.actor, tool=turn.outside.tools[name], arguments=arguments)


def _refused(error: DomainError) -> Outcome:
    return Outcome({"error": True, "code": error.code, "message": error.message}, error=error)
