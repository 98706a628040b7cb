"""Demo help is loaded once and taken away whole."""

import pytest

from apps.accounts.services import demo as people
from apps.support.models import FAQ, AppVersion, BugReport, Page
from apps.support.services import demo
from ghar.progress import Progress

pytestmark = pytest.mark.django_db
KINDS = (Page, FAQ, AppVersion, BugReport)


def counts():
    return [kind.objects.count() for kind in KINDS]


@pytest.fixture
def progress():
    return Progress()


def test_a_second_load_adds_nothing(progress, api):
    people.system_load_demo(progress)
    demo.system_load_demo(progress)
    loaded = counts()
    assert all(loaded)
    assert set(demo.system_load_demo(progress).values()) == {0}
    assert counts() == loaded
    assert api.get("/api/v1/pages/terms/public").status_code == 200


def test_clearing_leaves_what_is_real(progress, write_page):
    write_page()
    demo.system_load_demo(progress)
    demo.system_clear_demo(progress)
    assert counts() == [1, 0, 0, 0]
