"""Whoever a visit concerns sees its change at once in an open app, also on their other devices."""

import json

import pytest

from apps.visits.services import visits
from ghar.actors import Actor
from ghar.realtime import entries
from ghar.shared_redis import redis_client
from tests.support import follow_ups
from tests.support.listings import make_listing
from tests.support.visits import at, make_visit

pytestmark = pytest.mark.django_db(transaction=True)


def heard(user, name="visit_updated"):
    """The visits that a person's stream told of."""
    stream = redis_client().xrange(entries.key(entries.user_stream(user.pk)))
    return [json.loads(fields[b"data"])["visit_id"] for _, fields in stream if fields[b"name"].decode() == name]


def test_every_change_is_heard_by_its_people_alone(cast):
    cast.agent_profile, cast.other_agent_profile  # noqa: B018
    seeker, owner = Actor.of(cast.seeker), Actor.of(cast.owner)
    listing = make_listing(cast.owner)
    visit = visits.schedule_visit(actor=seeker, property_id=listing.pk, scheduled_date=at())
    visits.confirm_visit(actor=owner, visit_id=visit.pk)
    visits.update_visit(actor=owner, visit_id=visit.pk, changes={"visit_notes": "Ring twice"})
    visits.reschedule_visit(actor=seeker, visit_id=visit.pk, new_date=at(days=5))
    visits.cancel_visit(actor=seeker, visit_id=visit.pk)
    for person in (cast.seeker, cast.owner, cast.agent):
        assert heard(person) == [visit.pk] * 5
    for person in (cast.other_agent, cast.stranger, cast.admin):
        assert heard(person) == []


def test_the_others_hear_of_their_notice_too(cast):
    visit = make_visit(cast.seeker, make_listing(cast.owner), begins=at(days=-1))
    visits.complete_visit(actor=Actor.of(cast.owner), visit_id=visit.pk)
    follow_ups.carry_out()
    names = [
        fields[b"name"].decode()
        for _, fields in redis_client().xrange(entries.key(entries.user_stream(cast.seeker.pk)))
    ]
    assert sorted(names) == ["new_notification", "visit_updated"]
    assert heard(cast.owner) == [visit.pk]
