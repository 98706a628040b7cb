"""What staff see of each screen is as it declares; who is not staff knocks in `tests/access`."""

import pytest
from django.contrib import admin
from django.urls import reverse

from ghar.admin import Screen, Staff

SCREENS = [screen for screen in admin.site._registry.values() if isinstance(screen, Screen)]
NAMES = [screen.opts.label for screen in SCREENS]


def _list_of(screen):
    return reverse(f"admin:{screen.opts.app_label}_{screen.opts.model_name}_changelist")


@pytest.mark.parametrize("screen", SCREENS, ids=NAMES)
@pytest.mark.parametrize("person", ["agent", "admin"])
def test_staff_open_what_the_screen_declares(cast, browser, screen, person):
    user = getattr(cast, person)
    opened = browser(user).get(_list_of(screen)).status_code
    assert opened == (200 if screen.access["view"].admits(user) else 403)


@pytest.mark.parametrize("screen", SCREENS, ids=NAMES)
def test_nobody_adds_where_the_screen_says_nobody(cast, browser, screen):
    add = reverse(f"admin:{screen.opts.app_label}_{screen.opts.model_name}_add")
    opened = browser(cast.admin).get(add).status_code
    assert opened == (403 if screen.access["add"] is Staff.NOBODY else 200)


def test_the_dashboard_tells_agents_nothing_about_people(cast, browser):
    figures = {figure.title for figure in browser(cast.agent).get("/admin/").context["figures"]}
    assert "Listings" in figures
    assert "People" not in figures
