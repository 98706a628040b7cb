"""What a visit's events say of it."""

from datetime import UTC

from apps.visits.events import VisitEvent
from apps.visits.models import Visit
from ghar.actors import Actor
from ghar.events import publish


def system_announce(kind: type[VisitEvent], actor: Actor, visit: Visit) -> None:
    """Tell after the commit what the actor did to the visit."""
    publish(system_facts(kind, actor, visit))


def system_facts(kind: type[VisitEvent], actor: Actor, visit: Visit) -> VisitEvent:
    """The visit as an event tells of it; its agents are those concerned, as far as they sign in."""
    agents = (visit.agent, visit.user.agent, visit.property.owner.agent)
    logins = {agent.login_id for agent in agents if agent is not None and agent.is_active and agent.login_id}
    return kind(
        visit_id=visit.pk,
        visitor_id=visit.user_id,
        property_id=visit.property_id,
        owner_id=visit.property.owner_id,
        counterparty_id=visit.counterparty_id,
        agent_user_ids=tuple(sorted(logins)),
        actor_id=actor.id,
        property_title=visit.property.title,
        scheduled_date=visit.scheduled_date.astimezone(UTC).isoformat(),
        status=str(visit.status),
    )
