"""What follows from visits: their people are told. And from an agent who retires: others take over."""

from apps.accounts.events import AccountDeleted
from apps.agents.events import AgentRetired
from apps.visits import events
from apps.visits.services import telling, visits
from ghar.events import on
from ghar.outbox.follow_up import surely
from ghar.realtime import names
from ghar.realtime import publish as realtime


@surely(events.VisitScheduled)
def tell_hosts(event: events.VisitScheduled) -> None:
    """The owner and the agents hear that somebody wants to come."""
    telling.system_tell_hosts(event)


@surely(events.VisitRescheduled)
def tell_of_move(event: events.VisitRescheduled) -> None:
    """The others hear of the other time."""
    telling.system_tell_of_move(event)


@surely(events.VisitConfirmed)
def tell_of_agreement(event: events.VisitConfirmed) -> None:
    """The others hear that it is agreed."""
    telling.system_tell_of_agreement(event)


@surely(events.VisitCancelled)
def tell_of_end(event: events.VisitCancelled) -> None:
    """The others hear that it is off."""
    telling.system_tell_of_end(event)


@surely(events.VisitCompleted)
def ask_for_feedback(event: events.VisitCompleted) -> None:
    """The visitor is asked how it was."""
    telling.system_ask_for_feedback(event)


def refresh_open_apps(event: events.VisitEvent) -> None:
    """Whoever it concerns and has the app open, on whichever device, sees the visit as it is now."""
    for user_id in telling.system_people_of(event):
        realtime.to_user(user_id, names.VISIT_UPDATED, {"visit_id": event.visit_id})


for _change in events.CHANGES:
    on(_change)(refresh_open_apps)


@surely(AgentRetired, repeatable=True)
def replace_agent(event: AgentRetired) -> None:
    """Their visits to come get other agents."""
    visits.system_replace_agent(agent_id=event.agent_id)


@surely(AccountDeleted, repeatable=True)
def call_off(event: AccountDeleted) -> None:
    """Nobody comes, or opens the door."""
    visits.system_call_off(user_id=event.user_id)
