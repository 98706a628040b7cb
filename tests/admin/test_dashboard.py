"""The dashboard: what needs somebody now, how things went, and a number of queries that does not grow."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from apps.accounts.models import User
from apps.notifications.models import Delivery
from apps.properties.models import Property
from apps.support.models import BugReport
from ghar import clock
from ghar.models import FailedJob
from ghar.outbox.models import OutboxEntry
from tests.notifications.telling import tell, with_email
from tests.support.listings import make_listing
from tests.support.visits import make_visit

HOME = "/admin/"


@pytest.fixture
def admin(cast, browser):
    return browser(cast.admin)


def calls(client):
    return {call.title: (call.value, call.link) for call in client.get(HOME).context["calls"]}


def courses(client):
    return {course.title: dict(course.days) for course in client.get(HOME).context["courses"]}


def test_nothing_waits(admin):
    page = admin.get(HOME)
    assert page.context["calls"] == []
    assert "Nothing waits." in page.content.decode()


def test_visits_of_today_that_nobody_leads(admin, cast):
    listing = make_listing(cast.owner)
    noon = clock.midnight(clock.today()) + timedelta(hours=12)
    wanted = make_visit(cast.seeker, listing, begins=noon)
    make_visit(cast.stranger, listing, begins=noon, agent=cast.agent_profile)
    make_visit(cast.tenant, listing, begins=noon + timedelta(days=1))
    make_visit(cast.tenant, listing, begins=noon, status="cancelled")
    count, link = calls(admin)["Visits today without an agent"]
    assert count == 1
    assert list(admin.get(link).context["cl"].queryset) == [wanted]


def test_jobs_messages_and_consequences_that_are_stuck(admin, cast):
    now = clock.now()
    FailedJob.objects.create(job="jobs.tick", arguments=[], error="It failed.", first_failed_at=now, failed_at=now)
    delivery = Delivery.objects.get(notification=tell(with_email(cast.tenant)))
    Delivery.objects.filter(pk=delivery.pk).update(status="parked")
    OutboxEntry.objects.create(handler="gone", facts={}, due_at=now, parked_at=now)
    told = calls(admin)
    assert {title: count for title, (count, _) in told.items()} == {
        "Failed jobs": 1,
        "Stuck messages": 1,
        "Parked consequences": 1,
    }
    assert [len(admin.get(link).context["cl"].queryset) for _, link in told.values()] == [1, 1, 1]


def test_listings_by_the_day_in_india_on_which_they_came(admin, cast):
    days = (0, 0, 3, 29, 30)
    for age in days:
        row = make_listing(cast.owner)
        just_after_midnight = clock.midnight(clock.today() - timedelta(days=age)) + timedelta(minutes=1)
        Property.objects.filter(pk=row.pk).update(created_at=just_after_midnight)
    course = courses(admin)["New listings"]
    assert (len(course), sum(course.values())) == (30, 4)
    assert [course[clock.today() - timedelta(days=age)] for age in (0, 3, 29)] == [2, 1, 1]


def test_every_figure_opens_the_rows_that_it_counts(admin, cast):
    now = clock.now()
    for days, status in ((1, "requested"), (2, "requested"), (3, "confirmed"), (-1, "requested"), (4, "cancelled")):
        make_visit(cast.seeker, make_listing(cast.owner), begins=now + timedelta(days=days), status=status)
    make_listing(cast.owner, property_type="flatmate", purpose="rent", is_available=False)
    for severity, status in (("low", "open"), ("low", "closed"), ("high", "in_progress"), ("high", "closed")):
        values = {"source": "web", "bug_type": "crash", "title": "It closes", "description": "At once"}
        BugReport.objects.create(severity=severity, status=status, **values)
    User.objects.create(phone="+919910000077", is_active=False)
    User.objects.create(is_active=False, deleted_at=now)
    figures = admin.get(HOME).context["figures"]
    told = [(figure.title, figure.value, figure.link) for figure in figures]
    told += [(f"{figure.title}: {part.title}", part.value, part.link) for figure in figures for part in figure.parts]
    opened = {title: admin.get(link).context["cl"].queryset.count() for title, _, link in told}
    assert opened == {title: value for title, value, _ in told}
    assert (opened["Visits to come: Requested"], opened["Open bug reports: Low"]) == (2, 1)


def test_a_share_of_nothing_is_a_zero(admin):
    page = admin.get(HOME)
    (bugs,) = (figure for figure in page.context["figures"] if figure.title == "Open bug reports")
    assert {part.value for part in bugs.parts} == {0}
    low = page.content.decode().split("?waiting=yes&amp;severity__exact=low")[1].split("</a>")[0]
    assert "".join(low.split("<strong")[1].split(">")[1].split("<")[0].split()) == "0"


def test_agents_are_told_nothing_about_people(cast, browser):
    agent = browser(cast.agent)
    assert set(courses(agent)) == {"New listings", "Visits asked for"}
    FailedJob.objects.create(job="jobs.tick", error="It failed.", first_failed_at=clock.now(), failed_at=clock.now())
    assert calls(agent) == {}


def test_more_rows_cost_no_more_queries(admin, cast):
    counts = []
    for start in (0, 5):
        for number in range(start, start + 5):
            person = User.objects.create(phone=f"+9199100000{number:02}")
            make_visit(person, make_listing(person))
        with CaptureQueriesContext(connection) as captured:
            admin.get(HOME)
        counts.append(len(captured))
    assert counts[0] == counts[1]
