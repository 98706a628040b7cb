"""What follows from visits: their people are told. And from an agent who retires: others take over."""

from apps.agents.events import AgentRetired
from apps.visits import events
from apps.visits.services import telling, visits
from ghar.events import on


@on(events.VisitScheduled)
def tell_hosts(event: events.VisitScheduled) -> None:
    """The owner and the agents hear that somebody wants to come."""
    telling.system_tell_hosts(event)


@on(events.VisitRescheduled)
def tell_of_move(event: events.VisitRescheduled) -> None:
    """The others hear of the other time."""
    telling.system_tell_of_move(event)


@on(events.VisitConfirmed)
def tell_of_agreement(event: events.VisitConfirmed) -> None:
    """The others hear that it is agreed."""
    telling.system_tell_of_agreement(event)


@on(events.VisitCancelled)
def tell_of_end(event: events.VisitCancelled) -> None:
    """The others hear that it is off."""
    telling.system_tell_of_end(event)


@on(events.VisitCompleted)
def ask_for_feedback(event: events.VisitCompleted) -> None:
    """The visitor is asked how it was."""
    telling.system_ask_for_feedback(event)


@on(AgentRetired)
def replace_agent(event: AgentRetired) -> None:
    """Their visits to come get other agents."""
    visits.system_replace_agent(agent_id=event.agent_id)
