"""Reads of saved searches."""

from datetime import datetime
from typing import Any

from apps.discovery.models import SavedSearch
from apps.discovery.rules import wanted
from apps.properties.selectors import search
from ghar import dossiers
from ghar.actors import Actor
from ghar.db import json_rows
from ghar.db.json_rows import Pick, Shape
from ghar.db.keyset import Key, Order, whole_number
from ghar.db.listing import Listing
from ghar.errors import NotFound

NEWEST = Order(
    "newest_saved_searches",
    (
        Key("created_at", "saved_searches.created_at", datetime.fromisoformat),
        Key("id", "saved_searches.id", whole_number),
    ),
    descending=True,
)
_COLUMNS = ("id", "name", "filters", "notify", "seen_at", "created_at", "updated_at")
SHAPE = Shape(
    "saved_searches s WHERE s.id = page.id",
    {
        **{name: f"s.{name}" for name in _COLUMNS},
        "new_count": "(SELECT count(*) FROM saved_search_matches m WHERE m.saved_search_id = s.id "
        "AND m.matched_at > s.seen_at)",
    },
)


class SavedSearchNotFound(NotFound):
    """There is no such search of this person."""

    code = "SAVED_SEARCH_NOT_FOUND"
    message = "Saved search not found"


def list_saved_searches(actor: Actor) -> Listing:
    """The actor's saved searches, the newest first."""
    return Listing(_own(actor), SHAPE, NEWEST)


def get_saved_search(actor: Actor, search_id: int) -> bytes:
    """One of them as JSON. Raises SavedSearchNotFound."""
    rows = json_rows.render(_own(actor).where("saved_searches.id = %(id)s", id=search_id), SHAPE, limit=1)
    if not rows:
        raise SavedSearchNotFound
    return rows[0]


def load_saved_search(actor: Actor, search_id: int, *, hold: bool = False) -> SavedSearch:
    """One of them as a row. Raises SavedSearchNotFound."""
    rows = SavedSearch.objects.select_for_update() if hold else SavedSearch.objects
    found = rows.filter(user=actor.user, pk=search_id).first()
    if found is None:
        raise SavedSearchNotFound
    return found


def list_found(actor: Actor, search_id: int) -> Listing:
    """The available listings that one of the actor's searches finds now, in its order. Raises SavedSearchNotFound."""
    return search.search_properties(actor, wanted.read(load_saved_search(actor, search_id).filters))


def _own(actor: Actor) -> Pick:
    return Pick("saved_searches").where("saved_searches.user_id = %(viewer)s", viewer=actor.id)


@dossiers.section("saved_searches")
def list_saved_searches_of(user: Any, most: int) -> dossiers.Rows:
    """What a person looks for."""
    saved = SavedSearch.objects.filter(user=user).order_by("-created_at", "-pk")
    return list(saved.values("id", "name", "filters", "notify", "created_at")[:most])
