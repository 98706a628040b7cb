"""People and visits go out as files to whom the screens declare, as far as they see them, and do not come back."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import NoReverseMatch, reverse

from apps.accounts.models import User
from tests.admin import sheets
from tests.support.listings import make_listing
from tests.support.visits import make_visit

PEOPLE, VISITS = "accounts_user", "visits_visit"


@pytest.fixture
def admin(cast, browser):
    return browser(cast.admin)


def test_people_with_what_staff_may_read(admin, cast):
    cast.owner.set_password("a long enough phrase")
    cast.owner.save()
    answer = sheets.export(admin, PEOPLE, query="?role__exact=user")
    rows = sheets.rows_of(answer)
    assert {row["id"]: (row["full_name"], row["phone"]) for row in rows} == {
        str(cast.owner.pk): ("Olive Owner", "'+919810000001")
    }
    assert not {"password", "subject", "preferences"} & set(rows[0])


def test_only_chosen_columns(admin, cast):
    answer = sheets.export(admin, PEOPLE, columns=["peoplesheet_id", "peoplesheet_role"])
    assert sheets.rows_of(answer) == [{"id": str(cast.admin.pk), "role": "admin"}]


def test_more_people_cost_no_more_statements(admin):
    counts = []
    for start in (0, 5):
        User.objects.bulk_create(User(phone=f"+9199100000{number:02}") for number in range(start, start + 5))
        with CaptureQueriesContext(connection) as captured:
            assert len(sheets.rows_of(sheets.export(admin, PEOPLE))) == start + 6
        counts.append(len(captured))
    assert counts[0] == counts[1]


def test_agents_take_out_visits_that_concern_them(cast, browser):
    listing = make_listing(cast.owner, title="Quiet house")
    make_visit(cast.seeker, listing, agent=cast.agent_profile)
    shown = {
        name: [row["property_title"] for row in sheets.rows_of(sheets.export(browser(getattr(cast, name)), VISITS))]
        for name in ("agent", "other_agent", "admin")
    }
    assert shown == {"agent": ["Quiet house"], "other_agent": [], "admin": ["Quiet house"]}


def test_agents_take_no_people_out(cast, browser):
    assert browser(cast.agent).get(reverse(f"admin:{PEOPLE}_export")).status_code == 403


@pytest.mark.parametrize("screen", [PEOPLE, VISITS])
def test_they_do_not_come_back(screen):
    with pytest.raises(NoReverseMatch):
        reverse(f"admin:{screen}_import")
