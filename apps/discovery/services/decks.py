"""Decks: put together when somebody asks for their first page, and kept for a while as they turn the next ones.

A deck that was lost is put together anew, and begins again at its first page; nothing depends on it.
"""

from typing import Any
from uuid import uuid4

import orjson
import structlog

from apps.discovery.rules import taste
from apps.discovery.rules.taste import Card
from apps.discovery.selectors import recommendations
from apps.discovery.selectors.recommendations import Deck
from ghar.actors import Actor
from ghar.store.namespaces import Namespace
from ghar.store.port import StoreAway, StoreFull

log = structlog.get_logger(__name__)

KEEP_S = 3600
DECKS = Namespace("decks", most_entries=20_000, most_bytes=256 * 1024 * 1024)


def open_deck(*, actor: Actor, cursor: str | None) -> tuple[Deck, str | None]:
    """The deck that a cursor continues with that cursor, or a new one and no cursor. Raises InvalidCursor."""
    name = recommendations.find_deck_name(cursor)
    kept = _find(actor, name) if name else None
    if kept is not None:
        return kept, cursor
    deck = Deck(uuid4().hex, tuple(_dealt(actor)))
    _keep(actor, deck)
    return deck, None


def _dealt(actor: Actor) -> list[Card]:
    if not actor.is_signed_in:
        return taste.deal(recommendations.list_candidates(actor, [], {}), [], {})
    causes, fitting = recommendations.list_causes(actor), recommendations.list_fitting(actor)
    candidates = recommendations.list_candidates(actor, causes, fitting)
    return taste.deal(candidates, causes, recommendations.get_wishes(actor), fitting)


def _key(actor: Actor, name: str) -> str:
    """Whoever has somebody else's cursor does not see their deck."""
    return f"{actor.id or 'all'}:{name}"


def _find(actor: Actor, name: str) -> Deck | None:
    try:
        kept = DECKS.get(_key(actor, name))
    except StoreAway:
        return None
    return None if kept is None else Deck(name, tuple(Card(*_card) for _card in orjson.loads(kept)))


def _keep(actor: Actor, deck: Deck) -> None:
    cards: list[Any] = [(card.id, card.reason, card.because_of) for card in deck.cards]
    try:
        DECKS.put(_key(actor, deck.name), orjson.dumps(cards), seconds=KEEP_S)
    except (StoreAway, StoreFull) as fault:
        log.warning("a deck is not kept, and begins anew", code=fault.code)
