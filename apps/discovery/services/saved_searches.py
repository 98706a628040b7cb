"""Saving searches, changing and forgetting them."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.db.models.functions import Now

from apps.discovery.models import SavedSearch
from apps.discovery.selectors import saved_searches as selectors
from ghar.actors import Actor
from ghar.db import locks
from ghar.errors import Conflict

MOST = 50
"""Searches that one person may save."""


class TooManySavedSearches(Conflict):
    """Each is compared with every new listing, so there is an end to them."""

    code = "TOO_MANY_SAVED_SEARCHES"
    message = f"You have {MOST} saved searches. Delete one to save another."


@transaction.atomic
def save_search(*, actor: Actor, name: str, filters: Mapping[str, Any], notify: bool = True) -> SavedSearch:
    """Keep a search of the actor's; `filters` are as `rules.wanted.kept` has them. Raises TooManySavedSearches."""
    locks.hold(f"saved searches of {actor.user.id}")
    if SavedSearch.objects.filter(user=actor.user).count() >= MOST:
        raise TooManySavedSearches
    return SavedSearch.objects.create(user=actor.user, name=name, filters=dict(filters), notify=notify)


@transaction.atomic
def update_saved_search(*, actor: Actor, search_id: int, changes: Mapping[str, Any]) -> SavedSearch:
    """Write the fields that are given. With other filters, only what becomes news from now on is told.

    Raises SavedSearchNotFound.
    """
    saved = selectors.load_saved_search(actor, search_id, hold=True)
    for name in ("name", "notify"):
        if changes.get(name) is not None:
            setattr(saved, name, changes[name])
    if changes.get("filters") is not None:
        saved.filters = dict(changes["filters"])
        saved.checked_at = Now()
    saved.save()
    return saved


@transaction.atomic
def see_saved_search(*, actor: Actor, search_id: int) -> SavedSearch:
    """Note that the person has seen what is new. Raises SavedSearchNotFound."""
    saved = selectors.load_saved_search(actor, search_id, hold=True)
    saved.seen_at = Now()
    saved.save(update_fields=["seen_at"])
    return saved


def forget_saved_search(*, actor: Actor, search_id: int) -> None:
    """Delete one. Raises SavedSearchNotFound."""
    gone, _ = SavedSearch.objects.filter(user=actor.user, pk=search_id).delete()
    if not gone:
        raise selectors.SavedSearchNotFound


def system_forget_person(*, user_id: int) -> None:
    """Remove the searches of a person who has gone."""
    SavedSearch.objects.filter(user_id=user_id).delete()
