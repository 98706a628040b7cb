"""Swiping: one row a person and listing, and the listing's count of likes is always the number of such rows.

Writers of one person's swipes take turns, and lock the listings before the swipes, as deleting a listing does.
"""

from collections.abc import Collection
from dataclasses import dataclass

from django.db import transaction
from django.db.models import QuerySet

from apps.discovery.events import PropertySwiped, SwipeUndone
from apps.discovery.models import Swipe, SwipeAction
from apps.properties.selectors import listings
from apps.properties.services import likes
from ghar import clock
from ghar.actors import Actor
from ghar.db import locks
from ghar.errors import NotFound
from ghar.events import publish


class SwipeNotFound(NotFound):
    """There is no such swipe of this person."""

    code = "SWIPE_NOT_FOUND"
    message = "Swipe not found"


class NothingToUndo(SwipeNotFound):
    """The person has swiped nothing yet, or has undone it all."""

    message = "There is no swipe to undo"


@dataclass(frozen=True)
class Outcome:
    """What a swipe did: whether it was kept, and whether the listing was and is liked."""

    stored: bool
    was_liked: bool = False
    is_liked: bool = False


@transaction.atomic
def record_swipe(*, actor: Actor, property_id: int, action: str) -> Outcome:
    """Keep what the actor thinks of a listing; the same again changes nothing.

    A listing that is not there, not to be seen, or the actor's own is passed over without a word, because clients
    swipe through decks that they loaded a while ago.
    """
    _take_turns(actor.user.id)
    try:
        listing = listings.load_property(actor, property_id, hold=True)
    except listings.PropertyNotFound:
        return Outcome(stored=False)
    if listing.owner_id == actor.id:
        return Outcome(stored=False)
    before = Swipe.objects.filter(user=actor.user, property=listing).first()
    if before is None:
        before = Swipe(user=actor.user, property=listing, action=SwipeAction.PASS)
    elif before.action == action:
        return Outcome(stored=True, was_liked=before.is_liked, is_liked=before.is_liked)
    return _decide(before, action)


@transaction.atomic
def toggle_swipe(*, actor: Actor, swipe_id: int) -> Outcome:
    """Make a like a pass and a pass a like. Raises SwipeNotFound."""
    _take_turns(actor.user.id)
    swipe = _own(actor).filter(pk=swipe_id).first()
    if swipe is None or not likes.system_hold([swipe.property_id]):
        raise SwipeNotFound
    return _decide(swipe, SwipeAction.PASS if swipe.is_liked else SwipeAction.LIKE)


@transaction.atomic
def undo_swipe(*, actor: Actor) -> int:
    """Take the actor's latest decision back; answers about which listing it was. Raises NothingToUndo."""
    _take_turns(actor.user.id)
    latest = _own(actor).order_by("-swiped_at", "-pk").first()
    if latest is None:
        raise NothingToUndo
    _forget(actor.user.id, [latest.property_id])
    return latest.property_id


@transaction.atomic
def remove_swipes(*, actor: Actor, property_ids: Collection[int]) -> int:
    """Take back whatever the actor decided about these listings; answers how many decisions there were."""
    _take_turns(actor.user.id)
    return _forget(actor.user.id, property_ids)


@transaction.atomic
def system_forget_person(*, user_id: int) -> int:
    """Remove all swipes of a person who has gone; answers how many."""
    _take_turns(user_id)
    return _forget(user_id, list(Swipe.objects.filter(user_id=user_id).values_list("property_id", flat=True)))


def _take_turns(user_id: int) -> None:
    locks.hold(f"swipes of {user_id}")


def _own(actor: Actor) -> "QuerySet[Swipe]":
    return Swipe.objects.filter(user=actor.user)


def _decide(swipe: Swipe, action: str) -> Outcome:
    """Write a decision about a listing that is held."""
    was_liked = swipe.pk is not None and swipe.is_liked
    is_liked = action != SwipeAction.PASS
    swipe.action, swipe.swiped_at = action, clock.now()
    swipe.save()
    likes.system_add({swipe.property_id: is_liked - was_liked})
    publish(PropertySwiped(swipe.user_id, swipe.property_id, str(action), was_liked, is_liked))
    return Outcome(stored=True, was_liked=was_liked, is_liked=is_liked)


def _forget(user_id: int, property_ids: Collection[int]) -> int:
    likes.system_hold(property_ids)
    rows = Swipe.objects.filter(user_id=user_id, property_id__in=property_ids)
    gone = dict(rows.values_list("property_id", "is_liked"))
    rows.delete()
    likes.system_add({property_id: -1 for property_id, was_liked in gone.items() if was_liked})
    for property_id, was_liked in gone.items():
        publish(SwipeUndone(user_id, property_id, was_liked))
    return len(gone)
