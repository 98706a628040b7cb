"""Which listings somebody may see, and which they may write."""

from typing import Any

from django.db.models import Q

from apps.properties.models import Property
from ghar.actors import Actor, Role

_ALL, _LIVE = Q(), Q(is_live=True)  # made once: what is compiled of them is found by them


def visible_to(actor: Actor) -> Q:
    """Every listing, except shared homes (PG, flatmate) that moderation has not let live.

    Those are seen by their owner and by admins alone.
    """
    if actor.is_admin:
        return _ALL
    return _LIVE | Q(owner_id=actor.id) if actor.is_signed_in else _LIVE


def can_correct(actor: Actor) -> bool:
    """May change a listing that is somebody else's, on the staff screen."""
    return actor.is_admin


def can_list_for(actor: Actor, owner: Any) -> bool:
    """May put in a listing of this owner's (a user row): themselves, their agent while active, an admin."""
    return actor.is_admin or owner.id == actor.id or _is_agent_of(actor, owner)


def can_manage(actor: Actor, listing: Property) -> bool:
    """May change a listing and delete it: its owner, the owner's agent while active, an admin."""
    return can_list_for(actor, listing.owner)


def can_verify(actor: Actor, listing: Property) -> bool:
    """May vouch for a listing: staff who may change it, and whose own it is not."""
    return actor.is_staff and listing.owner_id != actor.id and can_manage(actor, listing)


def _is_agent_of(actor: Actor, owner: Any) -> bool:
    agent = owner.agent if actor.role == Role.AGENT else None
    return agent is not None and agent.is_active and agent.login_id == actor.id
