"""The provider that needs no key and no network: plain requests, understood by rules, answered by the same tools."""

import json
from collections.abc import AsyncIterator
from typing import Any
from uuid import uuid4

from apps.assistant.rules import borrowed, intents, moments, texts
from apps.assistant.rules.intents import Intent, Wish
from apps.assistant.rules.pieces import Call, ChatMessage, Offer, Text
from ghar import clock

WHO = "I am the offline assistant: I follow plain requests by rules, without a language model."
EXAMPLES = (
    'Try "3 bhk under 90 lakh near sector 45", "tell me more about number 12", "book a visit to number 12 on Sunday '
    'at 4" or "my visits".'
)
ASKED = "Shall I"
_MOST_SHOWN = 5
_LONGEST_QUOTE = 1_500

Move = Text | Call


class Offline:
    """Reads the last request; once its tool has answered, tells what it said."""

    name = "offline"

    async def stream(self, messages: list[ChatMessage], offers: list[Offer]) -> AsyncIterator[Move]:
        """One step: a call, or the answer."""
        talk = _Talk(messages, offers)
        move = _told(talk) if talk.results else _begun(talk)
        if isinstance(move, Text) and not talk.has_introduced:
            move = Text(f"{move.text}\n\n_{WHO}_")
        yield move


class _Talk:
    """What has been said, looked at from its end."""

    def __init__(self, messages: list[ChatMessage], offers: list[Offer]) -> None:
        self.offered = {offer.name for offer in offers}
        self.outside = [offer for offer in offers if offer.is_outside]
        place = max(n for n, message in enumerate(messages) if message["role"] == "user")
        self.request = str(messages[place]["content"])
        self.before = messages[:place]
        self.results = [message for message in messages[place:] if message["role"] == "tool"]
        self.calls = [message for message in messages[place:] if message.get("tool_calls")]
        self.has_introduced = any(WHO in (message.get("content") or "") for message in self.before)

    @property
    def last_words(self) -> str:
        """What the assistant said last."""
        said = [message for message in self.before if message["role"] == "assistant" and message.get("content")]
        return str(said[-1]["content"]) if said else ""

    def latest(self, key: str) -> int | None:
        """The id of the listing or visit that a tool told of last, if it told of one alone."""
        for message in reversed(self.before):
            if message["role"] == "tool" and (found := _only(_loaded(message["content"]), key)) is not None:
                return found
        return None


def _loaded(text: str) -> dict[str, Any]:
    """A tool's result; one that was cut tells nothing any more."""
    try:
        value = json.loads(text)
    except ValueError:
        return {}
    return value if isinstance(value, dict) else {}


def _only(result: dict[str, Any], key: str) -> int | None:
    if isinstance(one := result.get(key), dict):
        return one.get("id")
    many = result.get({"property": "properties", "visit": "visits"}[key])
    return many[0]["id"] if isinstance(many, list) and len(many) == 1 else None


def _begun(talk: _Talk) -> Move:
    intent = intents.read(talk.request)
    if intent.wish in (Wish.YES, Wish.NO):
        return _decided(talk, intent)
    handler = {
        Wish.SEARCH: _search,
        Wish.SHOW: _show,
        Wish.BOOK_VISIT: _book,
        Wish.LIST_VISITS: lambda talk, _: _use(talk, "visits_list", {}),
        Wish.CANCEL_VISIT: _cancel,
        Wish.AMENITIES: lambda talk, _: _use(talk, "discovery_amenities", {}),
        Wish.STATUS: lambda talk, _: _use(talk, "user_system_status", {}),
        Wish.WEB: _search_the_web,
        Wish.GREETING: lambda *_: Text(f"Hello! I help to find homes and to arrange visits. {EXAMPLES}"),
    }.get(intent.wish)
    if handler is None:
        return Text(f"I did not understand that. {EXAMPLES}")
    return handler(talk, intent)


def _use(talk: _Talk, tool: str, arguments: dict[str, Any]) -> Move:
    if tool in talk.offered:
        return Call(f"offline-{uuid4().hex[:12]}", tool, arguments)
    return Text("Please sign in first: then I can do that for you.")


def _search(talk: _Talk, _: Intent) -> Move:
    return _use(talk, "discovery_search", {"query": talk.request[:500], "limit": _MOST_SHOWN})


def _search_the_web(talk: _Talk, _: Intent) -> Move:
    """The first tool outside that searches and whose words have a plain place."""
    query = borrowed.web_query(talk.request)[:500]
    for offer in talk.outside:
        if "search" in offer.name and (field := borrowed.query_field(offer.schema)) is not None:
            return _use(talk, offer.name, {field: query}) if query else Text("Search the web for what?")
    return Text("I cannot search the web at the moment.")


def _show(talk: _Talk, intent: Intent) -> Move:
    number = intent.number or talk.latest("property")
    if number is None:
        return Text('Which one? Say its number, for instance "tell me more about number 12".')
    return _use(talk, "discovery_property_get", {"property_id": number})


def _book(talk: _Talk, intent: Intent) -> Move:
    """What the person said themselves is done; what was only gathered from the talk is asked about first."""
    number = intent.number or talk.latest("property")
    when = moments.read(talk.request, clock.now().astimezone(clock.INDIA))
    if "visits_schedule" not in talk.offered:
        return Text("Please sign in first: then I can book a visit for you.")
    if number is None:
        return Text(
            'A visit to which listing? Say its number, for instance "book a visit to number 12 on Sunday at 4".'
        )
    if when is None:
        return Text('When? Say a day and a time, for instance "on Sunday at 4".')
    if intent.number is None:
        return Text(f"{ASKED} book a visit to number {number} on {when:%A %d %B %Y at %H:%M}? Say yes or no.")
    return _use(talk, "visits_schedule", {"property_id": number, "scheduled_date": when.isoformat()})


def _cancel(talk: _Talk, intent: Intent) -> Move:
    number = intent.number or talk.latest("visit")
    if "visits_cancel" not in talk.offered:
        return Text("Please sign in first: then I can cancel a visit for you.")
    if number is None:
        return Text('Which visit? Say "my visits" to see them, then for instance "cancel visit 3".')
    if intent.number is None:
        return Text(f"{ASKED} cancel visit {number}? Say yes or no.")
    return _use(talk, "visits_cancel", {"visit_id": number})


def _decided(talk: _Talk, intent: Intent) -> Move:
    """A yes or no to the question that was asked last."""
    asked = talk.last_words
    if ASKED not in asked:
        return Text(f"What would you like to do? {EXAMPLES}")
    if intent.wish is Wish.NO:
        return Text("Good, I leave it.")
    number = intents.read(asked).number
    if "cancel visit" in asked:
        return _use(talk, "visits_cancel", {"visit_id": number})
    when = moments.read(asked.partition(" on ")[2], clock.now().astimezone(clock.INDIA))
    if when is None:
        return Text('When? Say a day and a time, for instance "on Sunday at 4".')
    return _use(talk, "visits_schedule", {"property_id": number, "scheduled_date": when.isoformat()})


def _told(talk: _Talk) -> Text:
    """The result of the last tool in words."""
    result = _loaded(talk.results[-1]["content"])
    if result.get("error"):
        return Text(f"That did not work: {result.get('message')}")
    if "unchecked" in result:
        return Text(_tell_outside(result))
    tool = talk.calls[-1]["tool_calls"][0]["function"]["name"]
    teller = _TELLERS.get(tool)
    return Text(teller(result) if teller else "Done.")


def _tell_outside(result: dict[str, Any]) -> str:
    """Somebody else's words, as a quotation."""
    lines = str(result["text"])[:_LONGEST_QUOTE].splitlines()
    return "\n".join([f"{result['from']} says (nobody here has checked it):", "", *(f"> {line}" for line in lines)])


def _tell_search(result: dict[str, Any]) -> str:
    found = result.get("properties", [])
    if not found:
        return "Nothing matches that yet. A wider price or another area may help; our coverage is growing."
    more = f"\n\nThere are {result['total']} in all." if (result.get("total") or 0) > len(found) else ""
    return "\n".join(f"- {texts.listing(one)}" for one in found) + more


def _tell_visits(result: dict[str, Any]) -> str:
    found = result.get("visits", [])
    return "\n".join(f"- {texts.visit(one)}" for one in found) or "You have no visits yet."


_TELLERS = {
    "discovery_search": _tell_search,
    "discovery_property_get": lambda result: texts.listing_at_length(result["property"]),
    "discovery_amenities": lambda result: ", ".join(one["name"] for one in result["amenities"]) or "None yet.",
    "visits_schedule": lambda result: f"Asked for. {texts.visit(result['visit'])}",
    "visits_list": _tell_visits,
    "visits_cancel": lambda result: f"Visit {result['visit_id']} is cancelled.",
    "user_system_status": lambda result: (
        f"You are signed in as {result['auth']['user']['full_name']}."
        if result["auth"]["user"]
        else "You are not signed in."
    ),
}
