"""The visits to come of somebody who deletes their account are called off."""

import pytest

from apps.accounts.services import deletion
from ghar.actors import Actor
from tests.support import follow_ups
from tests.support.visits import at, make_visit

pytestmark = pytest.mark.django_db


def statuses(*visits):
    for visit in visits:
        visit.refresh_from_db()
    return [visit.status for visit in visits]


@pytest.mark.parametrize("who", ["visitor", "owner"])
def test_whoever_leaves_is_not_waited_for(cast, listing, who, django_capture_on_commit_callbacks):
    ahead = make_visit(cast.seeker, listing)
    over = make_visit(cast.seeker, listing, begins=at(days=-4), status="completed")
    others = make_visit(cast.tenant, listing, begins=at(days=5))
    leaving = cast.seeker if who == "visitor" else listing.owner
    with django_capture_on_commit_callbacks(execute=True):
        deletion.delete_account(actor=Actor.of(leaving), confirm=True)
    follow_ups.carry_out()
    expected = "requested" if who == "visitor" else "cancelled"
    assert statuses(ahead, over, others) == ["cancelled", "completed", expected]
    assert ahead.cancellation_reason == "An account was deleted"
