"""Telling the people of a visit what happened to it, in words."""

from collections.abc import Iterable
from datetime import datetime

from apps.visits import notices as kinds
from apps.visits.events import VisitEvent
from ghar import clock, notices
from ghar.notices import NoticeType

ROUTE = "/visits"


def system_tell_hosts(event: VisitEvent) -> None:
    """Somebody asked for a visit: the owner and the agents hear of it."""
    _tell(event, _hosts(event), kinds.REQUESTED, "New visit request", "A visit to {title} is asked for on {when}.")


def system_tell_of_move(event: VisitEvent) -> None:
    """Somebody asked for another time."""
    _tell(event, _everybody(event), kinds.RESCHEDULED, "Another time", "The visit to {title} is to move to {when}.")


def system_tell_of_agreement(event: VisitEvent) -> None:
    """The time is agreed."""
    _tell(event, _everybody(event), kinds.CONFIRMED, "Visit confirmed", "The visit to {title} is on {when}.")


def system_tell_of_end(event: VisitEvent) -> None:
    """It will not take place."""
    _tell(event, _everybody(event), kinds.CANCELLED, "Visit called off", "The visit to {title} on {when} is off.")


def system_ask_for_feedback(event: VisitEvent) -> None:
    """It took place; the visitor may say how it was."""
    _tell(event, [event.visitor_id], kinds.COMPLETED, "How was it?", "Tell us about your visit to {title}.")


def system_remind(event: VisitEvent) -> None:
    """It comes soon."""
    _tell(event, _everybody(event), kinds.REMINDER, "Visit coming up", "Your visit to {title} is on {when}.")


def system_people_of(event: VisitEvent) -> list[int]:
    """Everybody whom a visit concerns, each once."""
    return sorted(set(_everybody(event)))


def _hosts(event: VisitEvent) -> list[int]:
    return [event.owner_id, *event.agent_user_ids]


def _everybody(event: VisitEvent) -> list[int]:
    people = [event.visitor_id, *_hosts(event)]
    return people if event.counterparty_id is None else [*people, event.counterparty_id]


def _tell(event: VisitEvent, people: Iterable[int], kind: NoticeType, title: str, words: str) -> None:
    """Tell them all, except who did it, who knows."""
    body = words.format(title=event.property_title, when=_spoken(event.scheduled_date))
    data = {"visit_id": event.visit_id, "property_id": event.property_id}
    for user_id in sorted(set(people) - {event.actor_id}):
        notices.send(user_id=user_id, key=kind.key, title=title, body=body, data=data, route=ROUTE)


def _spoken(moment: str) -> str:
    """A time as people in India say it."""
    return datetime.fromisoformat(moment).astimezone(clock.INDIA).strftime("%A, %d %B at %H:%M")
