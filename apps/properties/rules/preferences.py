"""The open object of a listing's preferences: what its owner writes there, and what only the platform does. Pure."""

from collections.abc import Collection, Mapping
from typing import Any

Preferences = dict[str, Any]

PENDING, LIVE, REJECTED, PAUSED = "pending_review", "live", "rejected", "paused"
STATUS = "moderation_status"
STATUSES = frozenset({PENDING, LIVE, REJECTED, PAUSED})

FLAT = ("gender_preference", "sharing_type", "society_type", "society_amenities", "society_vibe_tags")
"""Keys that clients also send beside the object."""

KEPT_BY_MODERATION = frozenset({STATUS, "moderation_reason", "moderated_by", "moderated_at", "approved_at"})
KEPT_BY_PLATFORM = KEPT_BY_MODERATION | {
    "ai_prescreen_result", "ai_prescreen_flags", "ai_prescreen_reason", "ai_prescreen_photo_count",
    "ai_prescreened_at", "ai_prescreened_by", "ai_prescreen_at", "ai_prescreen_by", "owner_status_updated_at",
    "auto_paused_reason", "auto_paused_at", "room_poster_review_required", "previous_moderation_status",
    "first_approved_at", "approval_boost_granted_at", "boosted_until", "boost_reason", "verification",
}  # fmt: skip
"""Nobody approves, boosts or verifies a listing by writing so into it."""


def merged(
    stored: Mapping[str, Any],
    given: Mapping[str, Any] | None,
    flat: Mapping[str, Any],
    *,
    replaces: bool,
    may_moderate: bool,
) -> Preferences:
    """The preferences after a change. `given` replaces the owner's keys or is laid over them; `flat` is laid over.

    The platform's keys stay as they are, except that moderators may write moderation's.
    """
    forbidden = KEPT_BY_PLATFORM - KEPT_BY_MODERATION if may_moderate else KEPT_BY_PLATFORM
    theirs = _without(given or {}, forbidden)
    begin = {key: stored[key] for key in KEPT_BY_PLATFORM & stored.keys()} if replaces and given is not None else stored
    return {**begin, **theirs, **flat}


def switched(changes: dict[str, Any]) -> tuple[str | None, dict[str, Any]]:
    """`live` or `paused`, when an owner asks for it, the switch of a shared home; and what is written beside that.

    It is the switch only where nothing beside it is new: clients send all preferences back, with the status in them.
    """
    if set(changes) == {"is_available"} and changes["is_available"] is not None:
        return (LIVE if changes["is_available"] else PAUSED), {}
    wanted = (changes.get("listing_preferences") or {}).get(STATUS)
    return (wanted if wanted in (LIVE, PAUSED) else None), changes


def differ(stored: Mapping[str, Any], would_be: Mapping[str, Any]) -> bool:
    """Do they say different things? A key that is null says nothing, as one that is missing."""
    return any(stored.get(key) != would_be.get(key) for key in stored.keys() | would_be.keys())


def is_live(stored: Mapping[str, Any]) -> bool:
    """May everybody see it? One without a status came from a feed, and is live."""
    return stored.get(STATUS, LIVE) == LIVE


def may_switch(stored: Mapping[str, Any]) -> bool:
    """Was it approved? One that waits for a review, or failed it, goes live by moderation alone."""
    return stored.get(STATUS, LIVE) in (LIVE, PAUSED)


def _without(given: Mapping[str, Any], keys: Collection[str]) -> Preferences:
    return {key: value for key, value in given.items() if key not in keys}
