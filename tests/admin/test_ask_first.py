"""What staff do to people and what cannot be undone is asked about first: to whom, with what reason, and once."""

import pytest
from django.contrib import admin as site
from django.urls import reverse

from apps.accounts.models import User
from ghar import asking
from ghar.admin import Screen
from tests.support.listings import make_listing
from tests.support.screens import act, confirm, is_asked
from tests.support.visits import make_visit

LIST = reverse("admin:accounts_user_changelist")
SCREENS = [screen for screen in site.site._registry.values() if isinstance(screen, Screen)]
HARMLESS = {"BugReportScreen.take"}
"""Actions that nobody is asked about: what is taken is given back as easily, and nobody notices."""


@pytest.fixture
def admin(cast, browser):
    return browser(cast.admin)


def suspend(client, *users, **more):
    return client.post(LIST, {"action": "suspend", "_selected_action": [user.pk for user in users], **more})


def is_active(user):
    return User.objects.get(pk=user.pk).is_active


def test_the_page_names_them_and_does_nothing(admin, cast):
    page = suspend(admin, cast.owner, cast.tenant)
    told = page.content.decode()
    assert is_asked(page)
    assert [name in told for name in (str(cast.owner), str(cast.tenant), "locked out", "Suspend: 2")] == [True] * 4
    assert is_active(cast.owner)


def test_a_yes_does_it(admin, cast):
    confirm(admin, LIST, suspend(admin, cast.owner))
    assert not is_active(cast.owner)


def test_a_second_yes_does_nothing(admin, cast):
    page = suspend(admin, cast.owner)
    confirm(admin, LIST, page)
    User.objects.update(is_active=True)
    told = confirm(admin, LIST, page).context["messages"]
    assert [str(message) for message in told] == ["This was done already, or was asked too long ago."]
    assert is_active(cast.owner)


@pytest.mark.parametrize("word", ["", "made up", "x" * 5000])
def test_a_yes_that_nobody_was_asked_for_does_nothing(admin, cast, word):
    suspend(admin, cast.owner, confirmed=word)
    assert is_active(cast.owner)


def test_a_yes_to_something_else_does_nothing(admin, cast):
    page = suspend(admin, cast.owner)
    body = dict(page.context["repeated"]) | {"action": "reactivate"}
    cast.owner.is_active = False
    cast.owner.save()
    admin.post(LIST, body)
    assert not is_active(cast.owner)


def test_a_yes_of_somebody_else_does_nothing(admin, cast, browser):
    page = suspend(admin, cast.owner)
    User.objects.filter(pk=cast.other_agent.pk).update(role="admin")
    confirm(browser(User.objects.get(pk=cast.other_agent.pk)), LIST, page)
    assert is_active(cast.owner)


def test_all_of_a_list_are_those_that_were_named(admin, cast):
    page = suspend(admin, cast.owner, select_across="1", index="0")
    later = User.objects.create(phone="+919910000001")
    confirm(admin, LIST, page)
    assert (is_active(cast.owner), is_active(later)) == (False, True)


def test_too_many_are_refused(admin, cast, monkeypatch):
    monkeypatch.setattr(asking, "MOST", 1)
    told = act(admin, LIST, {"action": "suspend", "_selected_action": [cast.owner.pk, cast.tenant.pk]})
    assert "At most 1 at a time." in str(*told.context["messages"])


def test_a_button_does_what_it_says_and_stores_nothing_of_the_form(admin, cast):
    change = reverse("admin:accounts_user_change", args=[cast.owner.pk])
    page = admin.post(change, {"role": "admin", "accounts_user_suspend_this": "1"})
    assert is_asked(page)
    assert "what was typed into the form is not saved" in page.content.decode()
    assert is_active(cast.owner)
    confirm(admin, change, page)
    confirm(admin, change, admin.post(change, {"role": "admin", "accounts_user_reactivate_this": "1"}))
    cast.owner.refresh_from_db()
    assert (cast.owner.role, cast.owner.is_active) == ("user", True)


def test_a_button_stores_nothing_of_a_form_that_comes_with_its_yes(admin, cast):
    change = reverse("admin:accounts_user_change", args=[cast.owner.pk])
    page = admin.post(change, {"accounts_user_suspend_this": "1"})
    admin.post(change, {**dict(page.context["repeated"]), "role": "admin"})
    cast.owner.refresh_from_db()
    assert (cast.owner.role, cast.owner.is_active) == ("user", False)


def test_a_reason_that_is_wanted_is_insisted_on_and_kept(admin, cast):
    listing = make_listing(
        cast.owner, property_type="pg", purpose="rent", listing_preferences={"moderation_status": "pending_review"}
    )
    url = reverse("admin:properties_property_changelist")
    body = {"action": "reject", "_selected_action": [listing.pk]}
    page = act(admin, url, body, reason="  ")
    assert is_asked(page)
    assert "This needs a reason." in page.content.decode()
    confirm(admin, url, page, reason="The pictures are of another house.")
    listing.refresh_from_db()
    assert listing.listing_preferences["moderation_reason"] == "The pictures are of another house."


def test_a_visit_is_named_by_who_looks_at_what(admin, cast):
    visit = make_visit(cast.seeker, make_listing(cast.owner, title="Quiet house"))
    page = admin.post(reverse("admin:visits_visit_changelist"), {"action": "cancel", "_selected_action": [visit.pk]})
    assert page.context["rows"][0][1].startswith("Sami Seeker at Quiet house, ")


def test_every_action_is_asked_about_unless_it_is_known_to_be_harmless():
    unasked = {
        f"{type(screen).__name__}.{name}"
        for screen in SCREENS
        for name in (*(screen.actions or ()), *screen.actions_submit_line)
        if not hasattr(getattr(type(screen), name), "question")
    }
    assert unasked == HARMLESS
