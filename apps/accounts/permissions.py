"""Who may look at people, and who may decide about their accounts."""

from django.db.models import Q

from ghar.actors import Actor


def visible_to(actor: Actor) -> Q:
    """Admins see everybody; others see themselves."""
    return Q() if actor.is_admin else Q(pk=actor.id)


def can_administer(actor: Actor) -> bool:
    """May suspend people and give them roles."""
    return actor.is_admin
