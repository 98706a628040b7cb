"""The people of a visit are told what happened to it, except whoever did it."""

import pytest

from apps.notifications.models import Notification
from apps.visits.services import visits
from ghar.actors import Actor
from tests.support import follow_ups
from tests.support.visits import at, make_visit

pytestmark = pytest.mark.django_db


@pytest.fixture
def told(cast, django_capture_on_commit_callbacks):
    """`told(service, person, **values)`: who hears which type of notice of it."""
    names = {user.pk: name for name, user in cast.everyone().items()}

    def run(service, person, **values):
        before = set(Notification.objects.values_list("pk", flat=True))
        with django_capture_on_commit_callbacks(execute=True):
            service(actor=Actor.of(getattr(cast, person)), **values)
        follow_ups.carry_out()
        new = Notification.objects.exclude(pk__in=before)
        return {(names[notice.user_id], notice.type) for notice in new}

    return run


def test_a_request(cast, listing, told):
    heard = told(visits.schedule_visit, "seeker", property_id=listing.pk, scheduled_date=at())
    assert heard == {("owner", "visit_requested"), ("agent", "visit_requested")}
    notice = Notification.objects.get(user=cast.owner)
    assert "Sunny house" in notice.body
    assert notice.data["property_id"] == listing.pk


def test_what_becomes_of_it(cast, listing, told):
    visit = make_visit(cast.seeker, listing, agent=cast.agent_profile)
    past = make_visit(cast.seeker, listing, begins=at(days=-1))
    assert told(visits.confirm_visit, "agent", visit_id=visit.pk) == {
        ("owner", "visit_confirmed"),
        ("seeker", "visit_confirmed"),
    }
    assert told(visits.reschedule_visit, "owner", visit_id=visit.pk, new_date=at(days=5)) == {
        ("agent", "visit_rescheduled"),
        ("seeker", "visit_rescheduled"),
    }
    assert told(visits.cancel_visit, "seeker", visit_id=visit.pk) == {
        ("agent", "visit_cancelled"),
        ("owner", "visit_cancelled"),
    }
    assert told(visits.complete_visit, "owner", visit_id=past.pk) == {("seeker", "visit_completed")}


def test_a_refusal_is_told_to_nobody(cast, listing, told):
    visit = make_visit(cast.seeker, listing)
    with pytest.raises(visits.refusals.NotYourTurn):
        told(visits.confirm_visit, "seeker", visit_id=visit.pk)
    assert not Notification.objects.exists()
