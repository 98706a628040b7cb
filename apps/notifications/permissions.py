"""Whose notifications somebody may see."""

from django.db.models import Q

from ghar.actors import Actor


def own(actor: Actor) -> Q:
    """What the actor was told. Also an admin's list is their own; everybody's is a screen."""
    return Q(audience="user", user=actor.id)


def can_see_those_of(actor: Actor, user_id: int) -> bool:
    """May look at what a person was told."""
    return actor.is_admin or actor.id == user_id


def can_send(actor: Actor) -> bool:
    """May say something to others in the platform's name, and see what became of it."""
    return actor.is_admin
