"""Every change is announced, after the commit, with the people whom it concerns."""

import pytest

from apps.visits import events
from apps.visits.services import visits
from ghar import events as kernel
from ghar.actors import Actor
from tests.support.visits import at, make_visit

pytestmark = pytest.mark.django_db


@pytest.fixture
def heard(monkeypatch):
    """What is announced while a test runs."""
    told = []
    for kind in events.CHANGES:
        monkeypatch.setitem(kernel._handlers, kind, [*kernel._handlers[kind], told.append])
    return told


def test_scheduling(cast, listing, heard, django_capture_on_commit_callbacks):
    cast.agent_profile  # noqa: B018 - the owner's agent
    with django_capture_on_commit_callbacks(execute=True):
        visit = visits.schedule_visit(actor=Actor.of(cast.seeker), property_id=listing.pk, scheduled_date=at())
        assert heard == []
    assert heard == [
        events.VisitScheduled(
            visit_id=visit.pk,
            visitor_id=cast.seeker.pk,
            property_id=listing.pk,
            owner_id=cast.owner.pk,
            counterparty_id=None,
            agent_user_ids=(cast.agent.pk,),
            actor_id=cast.seeker.pk,
            property_title="Sunny house",
            scheduled_date=at().isoformat(),
            status="requested",
        )
    ]


def test_what_becomes_of_it(cast, listing, heard, django_capture_on_commit_callbacks):
    owner, seeker = Actor.of(cast.owner), Actor.of(cast.seeker)
    visit = make_visit(cast.seeker, listing)
    past = make_visit(cast.seeker, listing, begins=at(days=-1))
    with django_capture_on_commit_callbacks(execute=True):
        visits.confirm_visit(actor=owner, visit_id=visit.pk)
        visits.update_visit(actor=owner, visit_id=visit.pk, changes={"visit_notes": "Ring twice"})
        visits.update_visit(actor=owner, visit_id=visit.pk, changes={"visit_notes": "Ring twice"})
        visits.reschedule_visit(actor=owner, visit_id=visit.pk, new_date=at(days=5))
        visits.cancel_visit(actor=seeker, visit_id=visit.pk, reason="Ill")
        visits.complete_visit(actor=owner, visit_id=past.pk)
    assert [(type(event).__name__, event.actor_id, event.status) for event in heard] == [
        ("VisitConfirmed", cast.owner.pk, "confirmed"),
        ("VisitUpdated", cast.owner.pk, "confirmed"),
        ("VisitRescheduled", cast.owner.pk, "reschedule_suggested"),
        ("VisitCancelled", cast.seeker.pk, "cancelled"),
        ("VisitCompleted", cast.owner.pk, "completed"),
    ]
