"""Whose grants somebody may see and end."""

from django.db.models import Q

from ghar.actors import Actor


def visible_to(actor: Actor) -> Q:
    """Grants: one's own, and for admins everybody's."""
    return Q() if actor.is_admin else Q(user_id=actor.id)
