"""Shared homes (PG, flatmate): nobody sees one that no admin has let live. Its owner switches an approved one."""

from datetime import datetime
from typing import Any

from django.db import transaction

from apps.properties import permissions
from apps.properties.events import ListingStatusChanged, PropertyUpdated
from apps.properties.models import Property
from apps.properties.models.listing import SHARED_TYPES
from apps.properties.rules import preferences, prescreen
from apps.properties.selectors.listings import PropertyNotFound
from apps.properties.services import refusals
from ghar import clock
from ghar.actors import Actor
from ghar.events import publish

ACTIONS = {"approve": preferences.LIVE, "reject": preferences.REJECTED, "request_edit": preferences.PENDING}
"""What a moderator may decide, and the status that follows."""


@transaction.atomic
def moderate_listing(
    *, actor: Actor, property_id: int, action: str, reason: str = "", seen_at: datetime | None = None
) -> Property:
    """Approve a shared home, reject it, or send it back. `action` is one of `ACTIONS`. With `seen_at`, its `updated_at`
    as the moderator saw it, one that was changed or decided since is left alone.

    Raises OnlyModerators, PropertyNotFound, NotShared, ListingChanged.
    """
    if not permissions.can_correct(actor):
        raise refusals.OnlyModerators
    listing = Property.objects.select_for_update().filter(pk=property_id).first()
    if listing is None:
        raise PropertyNotFound
    if not system_is_shared(listing):
        raise refusals.NotShared
    system_insist_unchanged(listing, seen_at)
    moment = clock.now().isoformat()
    notes = {"moderated_by": actor.id, "moderated_at": moment, "moderation_reason": reason or None}
    if ACTIONS[action] == preferences.LIVE:
        notes["approved_at"] = moment
    system_set_status(listing, ACTIONS[action], notes)
    listing.save(update_fields=["listing_preferences", "is_available", "updated_at"])
    system_announce(listing, actor, reason or None)
    return listing


@transaction.atomic
def verify_listing(*, actor: Actor, property_id: int, is_verified: bool, notes: str | None = None) -> Property:
    """Say that somebody of the agency has seen a listing, or that it is not as written. Nobody verifies their own.

    Raises OnlyStaffVerify, PropertyNotFound.
    """
    rows = Property.objects.select_for_update(of=("self",)).select_related("owner__agent").defer("search_vector")
    listing = rows.filter(pk=property_id).first()
    if listing is None:
        raise PropertyNotFound
    if not permissions.can_verify(actor, listing):
        raise refusals.OnlyStaffVerify
    word = {"is_verified": is_verified, "notes": notes, "verified_by": actor.id, "verified_at": clock.now().isoformat()}
    listing.listing_preferences = {**listing.listing_preferences, "verification": word}
    listing.save(update_fields=["listing_preferences", "updated_at"])
    publish(
        PropertyUpdated(
            property_id=listing.pk, owner_id=listing.owner_id, actor_id=actor.id, changed=("listing_preferences",)
        )
    )
    return listing


def system_insist_unchanged(listing: Property, seen_at: datetime | None) -> None:
    """Raises ListingChanged for one that was written since somebody saw it. The caller holds it."""
    if seen_at is not None and listing.updated_at != seen_at:
        raise refusals.ListingChanged


def system_is_shared(listing: Property) -> bool:
    """Does moderation decide about it?"""
    return listing.property_type in SHARED_TYPES


def system_submit(listing: Property, photos: int) -> None:
    """Let it wait for a review, with a first look at what was written. The caller saves."""
    facts = {name: getattr(listing, name) for name in _LOOKED_AT} | {"owner_name": listing.owner.full_name}
    written = listing.listing_preferences
    own = {key: value for key, value in written.items() if key not in preferences.KEPT_BY_PLATFORM}
    found = prescreen.flags(facts, own, photos)
    system_set_status(listing, preferences.PENDING, prescreen.record(found, photos, clock.now().isoformat()))


def system_switch(listing: Property, status: str) -> None:
    """The owner's own switch between live and paused. The caller saves. Raises NotApproved."""
    if not preferences.may_switch(listing.listing_preferences):
        raise refusals.NotApproved
    written = listing.listing_preferences
    listing.listing_preferences = {
        key: value for key, value in written.items() if key not in ("auto_paused_reason", "auto_paused_at")
    }
    system_set_status(listing, status, {"owner_status_updated_at": clock.now().isoformat()})


def system_set_status(listing: Property, status: str, notes: dict[str, Any]) -> None:
    """Write a status with notes beside it; a home that is live is available, another is not. The caller saves."""
    listing.listing_preferences = {**listing.listing_preferences, **notes, preferences.STATUS: status}
    listing.is_available = status == preferences.LIVE


def system_announce(listing: Property, actor: Actor, reason: str | None = None) -> None:
    """Tell after the commit how it stands now."""
    publish(
        ListingStatusChanged(
            property_id=listing.pk,
            owner_id=listing.owner_id,
            actor_id=actor.id,
            title=listing.title,
            status=str(listing.listing_preferences[preferences.STATUS]),
            reason=reason,
        )
    )


_LOOKED_AT = (
    "title", "description", "city", "locality", "sub_locality", "bedrooms", "bathrooms", "monthly_rent", "base_price",
    "search_keywords", "features", "tags",
)  # fmt: skip
