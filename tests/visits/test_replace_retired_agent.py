"""The visits to come of an agent who retires go to agents who are free."""

import pytest

from apps.agents.models import Agent
from apps.agents.services import profiles
from ghar.actors import Actor
from tests.support import follow_ups
from tests.support.visits import at, make_visit

pytestmark = pytest.mark.django_db


def test_others_take_over_where_they_are_free(cast, listing, django_capture_on_commit_callbacks):
    leaving, staying = cast.agent_profile, Agent.objects.create(name="Staying")
    free = make_visit(cast.seeker, listing, agent=leaving)
    clashing = make_visit(cast.seeker, listing, begins=at(days=4), agent=leaving)
    make_visit(cast.tenant, listing, begins=at(days=4), agent=staying)
    over = make_visit(cast.seeker, listing, begins=at(days=-4), agent=leaving, status="completed")
    off = make_visit(cast.seeker, listing, begins=at(days=6), agent=leaving, status="cancelled")
    with django_capture_on_commit_callbacks(execute=True):
        profiles.retire_agent(actor=Actor.of(cast.admin), agent_id=leaving.pk)
    follow_ups.carry_out()
    for visit in (free, clashing, over, off):
        visit.refresh_from_db()
    assert [visit.agent_id for visit in (free, clashing, over, off)] == [staying.pk, None, leaving.pk, leaving.pk]
    assert free.scheduled_date == at()


def test_an_agent_who_is_only_away_keeps_them(cast, listing, django_capture_on_commit_callbacks):
    visit = make_visit(cast.seeker, listing, agent=cast.agent_profile)
    with django_capture_on_commit_callbacks(execute=True):
        profiles.change_availability(actor=Actor.of(cast.admin), agent_id=visit.agent_id, is_available=False)
    visit.refresh_from_db()
    assert visit.agent_id == cast.agent_profile.pk
