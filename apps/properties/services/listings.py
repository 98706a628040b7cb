"""Putting a listing in and changing it: whole or not at all, with its pictures and amenities."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Q

from apps.accounts import selectors as people
from apps.properties import permissions
from apps.properties.events import PropertyCreated, PropertyUpdated
from apps.properties.models import Property
from apps.properties.rules import preferences
from apps.properties.selectors.listings import PropertyNotFound
from apps.properties.services import drafts, equipment, galleries, moderation, refusals
from apps.properties.services.drafts import Draft
from ghar import clock
from ghar.actors import Actor
from ghar.events import publish


@transaction.atomic
def create_property(*, actor: Actor, values: dict[str, Any], owner_id: int | None = None) -> Property:
    """A new listing of the actor's, or of the owner for whom an agent or admin acts.

    A shared home (PG, flatmate) waits for a review. Raises NotYourCustomer, UserNotFound, Invalid.
    """
    listing = Property(owner=_owner(actor, owner_id))
    given = {name: value for name, value in values.items() if value is not None}
    draft = drafts.system_read(listing, given, may_moderate=actor.is_admin)
    for name, value in draft.columns.items():
        setattr(listing, name, value)
    if moderation.system_is_shared(listing):
        moderation.system_submit(listing, len(draft.pictures or ()))
    listing.save()
    _write_parts(listing, draft)
    publish(PropertyCreated(property_id=listing.pk, owner_id=listing.owner_id, actor_id=actor.id))
    return listing


@transaction.atomic
def update_property(
    *, actor: Actor, property_id: int, changes: dict[str, Any], seen_at: datetime | None = None
) -> Property:
    """Write the fields that are given and new; a null empties what may be empty, and leaves the rest. With `seen_at`,
    its `updated_at` as the writer saw it, a listing that was changed since is left alone.

    A shared home that is changed by anybody but an admin waits for a review again; `is_available` alone, or a
    moderation status of live or paused beside which nothing is new, is its owner's switch and needs none. Raises
    PropertyNotFound, NotYourListing, ListingChanged, NotApproved, Invalid.
    """
    listing = system_hold(actor, property_id)
    moderation.system_insist_unchanged(listing, seen_at)
    reviewed = moderation.system_is_shared(listing) and not actor.is_admin
    status, beside = preferences.switched(changes) if reviewed else (None, changes)
    draft = drafts.system_read(listing, beside, may_moderate=actor.is_admin)
    if not draft.changed:
        return _switch(actor, listing, status) if status else listing
    if reviewed and "property_type" in draft.columns and not preferences.may_switch(listing.listing_preferences):
        raise refusals.NotApproved  # else a rejected PG would go live as a room
    _write(actor, listing, draft)
    publish(_updated(actor, listing, draft.changed))
    return listing


@transaction.atomic
def change_availability(*, actor: Actor, property_id: int, is_available: bool) -> Property:
    """Put a listing on the market or take it off. Raises as update_property does."""
    return update_property(actor=actor, property_id=property_id, changes={"is_available": is_available})


@transaction.atomic
def renew_property(*, actor: Actor, property_id: int) -> Property:
    """Say that a listing still stands, so that it is not paused as stale; one that was, goes live again.

    Raises PropertyNotFound, NotYourListing, NotApproved.
    """
    listing = system_hold(actor, property_id)
    if moderation.system_is_shared(listing):
        return _switch(actor, listing, preferences.LIVE)
    listing.save(update_fields=["updated_at"])
    publish(_updated(actor, listing, ("updated_at",)))
    return listing


@transaction.atomic
def add_pictures(
    *, actor: Actor, property_id: int, urls: list[str], caption: str | None = None, category: str = "others"
) -> Property:
    """Put more pictures behind those of a listing. Raises PropertyNotFound, NotYourListing, Invalid for too many."""
    listing = system_hold(actor, property_id)
    changes = {"image_urls": [*galleries.system_urls(listing), *urls], "main_image_url": listing.main_image_url}
    update_property(actor=actor, property_id=property_id, changes=changes)
    galleries.system_describe(listing, urls, caption=caption, category=category)
    return listing


@transaction.atomic
def system_withdraw_listings(*, owner_id: int) -> int:
    """Take everything off the market that belongs to somebody who has gone, and forget how to reach them; how many.

    The rows stay, because visits and other people's records name them.
    """
    shown = Q(is_available=True) | Q(owner_contact__isnull=False)
    listings = list(Property.objects.select_for_update().filter(shown, owner_id=owner_id).order_by("pk").only("pk"))
    ids = [listing.pk for listing in listings]
    Property.objects.filter(pk__in=ids).update(is_available=False, owner_contact=None, updated_at=clock.now())
    for pk in ids:
        publish(
            PropertyUpdated(property_id=pk, owner_id=owner_id, actor_id=None, changed=("is_available", "owner_contact"))
        )
    return len(ids)


def system_hold(actor: Actor, property_id: int) -> Property:
    """A listing that the actor may write, locked. Raises PropertyNotFound, NotYourListing."""
    rows = Property.objects.select_for_update(of=("self",)).select_related("owner__agent").defer("search_vector")
    listing = rows.filter(pk=property_id).first()
    if listing is None:
        raise PropertyNotFound
    if not permissions.can_manage(actor, listing):
        raise refusals.NotYourListing if listing.is_live else PropertyNotFound
    return listing


def _owner(actor: Actor, owner_id: int | None) -> Any:
    if owner_id is None or owner_id == actor.id:
        return actor.user
    if not actor.is_staff:
        raise refusals.NotYourCustomer
    owner = people.find_active_person(owner_id)
    if owner is None:
        raise people.UserNotFound
    if not permissions.can_list_for(actor, owner):
        raise refusals.NotYourCustomer
    return owner


def _switch(actor: Actor, listing: Property, status: str) -> Property:
    moderation.system_switch(listing, status)
    listing.save(update_fields=["listing_preferences", "is_available", "updated_at"])
    moderation.system_announce(listing, actor)
    return listing


def _write(actor: Actor, listing: Property, draft: Draft) -> None:
    for name, value in draft.columns.items():
        setattr(listing, name, value)
    _write_parts(listing, draft)
    columns = {*draft.columns, "updated_at"}
    if moderation.system_is_shared(listing):
        columns |= _review(actor, listing, draft)
    listing.save(update_fields=columns)


def _review(actor: Actor, listing: Property, draft: Draft) -> set[str]:
    """What a change means for moderation: an admin's word counts, everybody else's waits."""
    if not actor.is_admin:
        moderation.system_submit(listing, len(galleries.system_urls(listing)))
    elif "listing_preferences" in draft.columns and "is_available" not in draft.columns:
        listing.is_available = preferences.is_live(listing.listing_preferences)
    return {"listing_preferences", "is_available"}


def _write_parts(listing: Property, draft: Draft) -> None:
    if draft.pictures is not None:
        galleries.system_set_pictures(listing, draft.pictures, draft.main_picture)
    if draft.amenity_ids is not None:
        equipment.system_set_amenities(listing, draft.amenity_ids)


def _updated(actor: Actor, listing: Property, changed: tuple[str, ...]) -> PropertyUpdated:
    return PropertyUpdated(
        property_id=listing.pk, owner_id=listing.owner_id, actor_id=actor.id, changed=tuple(sorted(changed))
    )
