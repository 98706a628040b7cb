"""Which listings somebody may see."""

from django.db.models import Q

from ghar.actors import Actor


def visible_to(actor: Actor) -> Q:
    """Every listing, except shared homes (PG, flatmate) that moderation has not let live.

    Those are seen by their owner and by admins alone.
    """
    if actor.is_admin:
        return Q()
    return Q(is_live=True) | Q(owner_id=actor.id) if actor.is_signed_in else Q(is_live=True)


def can_correct(actor: Actor) -> bool:
    """May change a listing that is somebody else's, on the staff screen."""
    return actor.is_admin
