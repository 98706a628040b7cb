"""Whose visits somebody sees, and who may do what with one."""

from django.db.models import Q

from apps.visits.models import Visit
from ghar.actors import Actor, Role


def visible_to(actor: Actor) -> Q:
    """The visitor's, the counterparty's, the listing owner's and the agents' concerned; everybody's for admins.

    The agents concerned are the visit's own, the visitor's and the owner's, while they are active.
    """
    if actor.is_admin:
        return Q()
    own = Q(user_id=actor.id) | Q(counterparty_id=actor.id) | Q(property__owner_id=actor.id)
    if actor.role != Role.AGENT:
        return own
    for agent in ("agent", "user__agent", "property__owner__agent"):
        own |= Q(**{f"{agent}__login_id": actor.id, f"{agent}__is_active": True})
    return own


def is_visitor(actor: Actor, visit: Visit) -> bool:
    """Is it their own visit?"""
    return visit.user_id == actor.id


def is_its_agent(actor: Actor, visit: Visit) -> bool:
    """Is it an agent concerned: the visit's own, the visitor's or the owner's?"""
    agents = (visit.agent, visit.user.agent, visit.property.owner.agent)
    return actor.role == Role.AGENT and any(
        agent is not None and agent.is_active and agent.login_id == actor.id for agent in agents
    )


def can_confirm(actor: Actor, visit: Visit) -> bool:
    """Whoever did not ask for the present time: a host for the visitor's wish, the visitor for a host's.

    An admin may settle either, except for a visit of their own.
    """
    if is_visitor(actor, visit):
        return visit.proposed_by_host
    return actor.is_admin or not visit.proposed_by_host


def can_complete(actor: Actor, visit: Visit) -> bool:
    """The owner, the agents concerned and admins; not the visitor."""
    shows = actor.is_admin or visit.property.owner_id == actor.id or is_its_agent(actor, visit)
    return shows and not is_visitor(actor, visit)


def can_write_for_visitor(actor: Actor, visit: Visit) -> bool:
    """What the visitor wishes and felt is written by them, or by staff for them."""
    return is_visitor(actor, visit) or actor.is_admin or is_its_agent(actor, visit)
