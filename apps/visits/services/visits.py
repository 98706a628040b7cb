"""Scheduling visits and what becomes of them."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Q

from apps.properties.selectors import listings
from apps.properties.services import removal
from apps.visits import events, permissions, rules, selectors
from apps.visits.models import LIVE, Visit, VisitContext, VisitStatus
from apps.visits.selectors import VisitNotFound
from apps.visits.services import announcing, refusals, slots
from ghar import clock
from ghar.actors import SYSTEM, Actor
from ghar.errors import NotAllowed

removal.system_refuse_while("somebody is to visit it", selectors.is_anybody_expected)

_FIXED = ("visit_context", "counterparty_user_id", "conversation_id", "match_id")
_NEVER_NULL = ("scheduled_date", "status", "follow_up_required")
_UNTIL_OVER = ("scheduled_date", "special_requirements", "cancellation_reason")
_VISITORS_WORDS = ("special_requirements", "visitor_feedback", "interest_level")


def schedule_visit(
    *,
    actor: Actor,
    property_id: int,
    scheduled_date: datetime,
    special_requirements: str | None = None,
    visit_context: str = VisitContext.PROPERTY_TOUR,
    counterparty_user_id: int | None = None,
) -> Visit:
    """A visit of the actor to a listing, requested; it gets a free agent: the visitor's, the owner's, or another.

    Raises PropertyNotFound, OwnListing, ListingUnavailable, VisitInThePast, VisitTooFarAhead, VisitConflict,
    ToursHaveNoCounterparty and MeetsNeedAConversation.
    """
    _insist_on_a_tour(visit_context, counterparty_user_id)
    with transaction.atomic():
        listing = listings.load_property(actor, property_id, hold=True)
        if listing.owner_id == actor.id:
            raise refusals.OwnListing
        if not listing.is_on_offer:
            raise refusals.ListingUnavailable
        visit = Visit(user=actor.user, property=listing, special_requirements=special_requirements)
        slots.system_place(visit, scheduled_date, preferred=(actor.user.agent_id, listing.owner.agent_id))
        announcing.system_announce(events.VisitScheduled, actor, visit)
        return visit


def _insist_on_a_tour(visit_context: str, counterparty_user_id: int | None) -> None:
    if visit_context == VisitContext.FLATMATE_MEET:
        raise refusals.MeetsNeedAConversation
    if counterparty_user_id is not None:
        raise refusals.ToursHaveNoCounterparty


@transaction.atomic
def reschedule_visit(*, actor: Actor, visit_id: int, new_date: datetime, reason: str | None = None) -> Visit:
    """Ask for another time, which the other side confirms. The agent stays when they are free then.

    `reason` is stored as `cancellation_reason`, where clients look for it. Raises VisitNotFound, VisitIsOver,
    VisitInThePast, VisitTooFarAhead, VisitConflict.
    """
    visit = _locked(actor, visit_id)
    if visit.status in rules.OVER:
        raise refusals.VisitIsOver
    visit.cancellation_reason = reason
    visit.status = VisitStatus.RESCHEDULE_SUGGESTED
    _move(actor, visit, new_date)
    return visit


@transaction.atomic
def confirm_visit(*, actor: Actor, visit_id: int) -> Visit:
    """Agree to the time. Raises VisitNotFound, WrongStatus, NotYourTurn."""
    visit = _locked(actor, visit_id)
    _confirm(actor, visit)
    return visit


@transaction.atomic
def cancel_visit(*, actor: Actor, visit_id: int, reason: str | None = None) -> Visit:
    """Call a visit off. Raises VisitNotFound, WrongStatus."""
    visit = _locked(actor, visit_id)
    _cancel(actor, visit, reason)
    return visit


@transaction.atomic
def complete_visit(*, actor: Actor, visit_id: int, notes: str | None = None, feedback: str | None = None) -> Visit:
    """Say that a visit took place. What the visitor has written themselves stays, whatever `feedback` a host brings.

    Raises VisitNotFound, NotYoursToComplete, WrongStatus, VisitNotYet.
    """
    visit = _locked(actor, visit_id)
    if not permissions.can_complete(actor, visit):
        raise refusals.NotYoursToComplete
    _insist_on_move(visit, VisitStatus.COMPLETED)
    if clock.now() < visit.scheduled_date:
        raise refusals.VisitNotYet
    visit.visit_notes = notes or visit.visit_notes
    visit.visitor_feedback = visit.visitor_feedback or feedback
    visit.actual_date = clock.now()
    _end(actor, visit, VisitStatus.COMPLETED, events.VisitCompleted)
    return visit


@transaction.atomic
def update_visit(*, actor: Actor, visit_id: int, changes: dict[str, Any]) -> Visit:
    """Write the given fields; what is sent unchanged is no change. A status may become confirmed or cancelled.

    A confirmed visit that gets another time waits for confirmation again. Raises VisitNotFound, PartiesAreFixed,
    VisitIsOver, VisitorsWords, and what confirming, cancelling and rescheduling raise.
    """
    visit = _locked(actor, visit_id)
    news = _news(visit, changes)
    _insist_on_may_write(actor, visit, news)
    moment, status = news.pop("scheduled_date", None), news.pop("status", None)
    for name, value in news.items():
        setattr(visit, name, value)
    if moment is not None:
        if visit.status == VisitStatus.CONFIRMED:
            visit.status = VisitStatus.RESCHEDULE_SUGGESTED
        _move(actor, visit, moment)
    if status is not None:
        _follow(actor, visit, status)
    elif moment is None and news:
        visit.save()
        announcing.system_announce(events.VisitUpdated, actor, visit)
    return visit


@transaction.atomic
def give_agent(*, actor: Actor, visit_id: int) -> Visit:
    """Find a visit the agent who has the least to do then, for instance when the present one has gone.

    Raises NotAllowed unless an admin asks, VisitNotFound, VisitIsOver, VisitInThePast, VisitConflict.
    """
    if not actor.is_admin:
        raise NotAllowed
    visit = _locked(actor, visit_id)
    if visit.status in rules.OVER:
        raise refusals.VisitIsOver
    slots.system_place(visit, visit.scheduled_date, preferred=())
    announcing.system_announce(events.VisitUpdated, actor, visit)
    return visit


def system_replace_agent(*, agent_id: int) -> int:
    """Give the visits to come of an agent who works no more to others; where nobody is free then, to nobody.

    Each visit is a transaction of its own. Answers how many there were.
    """
    ahead = Visit.objects.filter(agent_id=agent_id, status__in=LIVE, scheduled_date__gte=clock.now())
    visit_ids = list(ahead.order_by("scheduled_date", "pk").values_list("pk", flat=True))
    for visit_id in visit_ids:
        _replace_agent(visit_id, agent_id)
    return len(visit_ids)


@transaction.atomic
def _replace_agent(visit_id: int, agent_id: int) -> None:
    visit = _locked(SYSTEM, visit_id)
    if visit.agent_id != agent_id or visit.status in rules.OVER:
        return
    try:
        preferred = (visit.user.agent_id, visit.property.owner.agent_id)
        with transaction.atomic():
            slots.system_place(visit, visit.scheduled_date, preferred=preferred)
    except (refusals.VisitConflict, refusals.VisitInThePast):
        visit.agent = None
        visit.save(update_fields=["agent", "updated_at"])
    announcing.system_announce(events.VisitUpdated, SYSTEM, visit)


def system_call_off(*, user_id: int) -> int:
    """Call off the visits to come of somebody who is gone: those they make, are met in, or own the home of.

    Each visit is a transaction of its own. Answers how many there were.
    """
    theirs = Q(user_id=user_id) | Q(counterparty_id=user_id) | Q(property__owner_id=user_id)
    ahead = Visit.objects.filter(theirs, status__in=LIVE, scheduled_date__gte=clock.now())
    visit_ids = list(ahead.order_by("scheduled_date", "pk").values_list("pk", flat=True))
    for visit_id in visit_ids:
        _call_off(visit_id)
    return len(visit_ids)


@transaction.atomic
def _call_off(visit_id: int) -> None:
    visit = _locked(SYSTEM, visit_id)
    if visit.status not in rules.OVER:
        _cancel(SYSTEM, visit, "An account was deleted")


def _locked(actor: Actor, visit_id: int) -> Visit:
    """A visit that the actor may see, locked, with its people."""
    visits = Visit.objects.select_for_update(of=("self",)).select_related(
        "agent", "user__agent", "property__owner__agent"
    )
    visit = visits.filter(permissions.visible_to(actor), pk=visit_id).first()
    if visit is None:
        raise VisitNotFound
    return visit


def _news(visit: Visit, changes: dict[str, Any]) -> dict[str, Any]:
    """What is not so already. Raises PartiesAreFixed."""
    present = {"counterparty_user_id": visit.counterparty_id, "conversation_id": None, "match_id": None}
    news = {
        name: value
        for name, value in changes.items()
        if value != present.get(name, getattr(visit, name, None)) and not (value is None and name in _NEVER_NULL)
    }
    if fixed := sorted(news.keys() & set(_FIXED)):
        raise refusals.PartiesAreFixed(f"{fixed[0]} cannot be changed.")
    return news


def _insist_on_may_write(actor: Actor, visit: Visit, news: dict[str, Any]) -> None:
    if visit.status in rules.OVER and (late := sorted(news.keys() & set(_UNTIL_OVER))):
        raise refusals.VisitIsOver(f"{late[0]} cannot be changed: the visit is {visit.status}.")
    words = sorted(news.keys() & set(_VISITORS_WORDS))
    if words and not permissions.can_write_for_visitor(actor, visit):
        raise refusals.VisitorsWords(f"{words[0]} is the visitor's to write.")


def _move(actor: Actor, visit: Visit, begins: datetime) -> None:
    visit.rescheduled_from = visit.scheduled_date
    visit.proposed_by_host = not permissions.is_visitor(actor, visit)
    preferred = (visit.agent_id, visit.user.agent_id, visit.property.owner.agent_id)
    slots.system_place(visit, begins, preferred=preferred)
    announcing.system_announce(events.VisitRescheduled, actor, visit)


def _follow(actor: Actor, visit: Visit, status: str) -> None:
    """Do what a status written by a client means."""
    if status == VisitStatus.CONFIRMED:
        _confirm(actor, visit)
    elif status == VisitStatus.CANCELLED:
        _cancel(actor, visit, None)
    else:
        raise _wrong(visit, status)


def _confirm(actor: Actor, visit: Visit) -> None:
    _insist_on_move(visit, VisitStatus.CONFIRMED)
    if not permissions.can_confirm(actor, visit):
        raise refusals.NotYourTurn
    visit.status = VisitStatus.CONFIRMED
    visit.save()
    announcing.system_announce(events.VisitConfirmed, actor, visit)


def _cancel(actor: Actor, visit: Visit, reason: str | None) -> None:
    _insist_on_move(visit, VisitStatus.CANCELLED)
    visit.cancellation_reason = reason or visit.cancellation_reason
    _end(actor, visit, VisitStatus.CANCELLED, events.VisitCancelled)


def _end(actor: Actor, visit: Visit, status: VisitStatus, event: type[events.VisitEvent]) -> None:
    visit.status = status
    visit.reminder_due_at = None
    visit.save()
    announcing.system_announce(event, actor, visit)


def _insist_on_move(visit: Visit, status: str) -> None:
    if not rules.may_become(visit.status, status):
        raise _wrong(visit, status)


def _wrong(visit: Visit, status: str) -> refusals.WrongStatus:
    return refusals.WrongStatus(f"Cannot transition from '{visit.status}' to '{status}'")
