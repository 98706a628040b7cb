"""Who writes what people read, and whose bug reports somebody sees."""

from django.db.models import Q

from ghar.actors import Actor


def can_edit(actor: Actor) -> bool:
    """Pages, FAQs and app versions are the admins'."""
    return actor.is_admin


def visible_to(actor: Actor) -> Q:
    """One's own reports; everybody's for admins. Agents are no exception."""
    return Q() if actor.is_admin else Q(user_id=actor.id)


def can_see(actor: Actor, reporter_id: int | None) -> bool:
    """The reporter of a bug and admins."""
    return actor.is_admin or (actor.id is not None and reporter_id == actor.id)


def can_settle(actor: Actor) -> bool:
    """May give a report a status, somebody who looks after it, and tags."""
    return actor.is_admin
