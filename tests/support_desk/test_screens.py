"""Admins write help on the staff screens, by the same rules."""

from io import BytesIO

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from apps.media.services import uploads
from apps.media.services.taking import Given
from apps.support.models import FAQ, AppVersion, BugReport, Page
from ghar.actors import Actor
from tests.media.files import picture
from tests.support.screens import act

pytestmark = pytest.mark.django_db


@pytest.fixture
def browser(cast):
    client = Client()
    client.force_login(cast.admin)
    return client


def address(model, page, *arguments):
    return reverse(f"admin:support_{model._meta.model_name}_{page}", args=arguments)


def told(answer):
    return [str(error) for errors in answer.context["errors"] for error in errors]


def page_form(**values):
    usual = {
        "unique_name": "terms",
        "title": "Terms",
        "format": "html",
        "content": "<p>Hi</p>",
        "custom_config": "null",
    }
    return {**usual, "is_active": "on", **values}


def test_a_page_is_written_and_brought_back(browser, cast):
    browser.post(address(Page, "add"), page_form(content="<p>Hi</p><script>x()</script>"))
    page = Page.objects.get()
    assert (page.content, page.created_by, page.is_active) == ("<p>Hi</p>", cast.admin, True)
    Page.objects.update(is_active=False)
    browser.post(address(Page, "change", page.pk), page_form(title="Rules"))
    page.refresh_from_db()
    assert (page.title, page.is_active) == ("Rules", True)


def test_a_refusal_is_told_and_nothing_written(browser):
    answer = browser.post(address(Page, "add"), page_form(format="json", content="{"), follow=True)
    assert "The content of a JSON page must be JSON." in told(answer)
    assert not Page.objects.exists()


@pytest.mark.parametrize("wrong", ["[1, 2]", "5", '"text"', '{"a": NaN}', '{"a": "\\u0000"}'])
def test_settings_of_a_page_are_an_object_that_can_be_kept(browser, wrong):
    form = page_form(custom_config='{"columns": 2}')
    browser.post(address(Page, "add"), form)
    page = Page.objects.get()
    answer = browser.post(address(Page, "change", page.pk), {**form, "custom_config": wrong}, follow=True)
    page.refresh_from_db()
    assert (answer.status_code, page.custom_config) == (200, {"columns": 2})
    assert browser.get("/api/v1/pages/terms/public").status_code == 200


def test_a_faq_is_written_and_changed(browser):
    form = {"question": "Why?", "answer": "So.", "display_order": "3", "tags": "a,b", "is_active": "on"}
    browser.post(address(FAQ, "add"), form)
    faq = FAQ.objects.get()
    assert (faq.tags, faq.display_order) == (["a", "b"], 3)
    browser.post(address(FAQ, "change", faq.pk), {**form, "answer": "Thus."})
    faq.refresh_from_db()
    assert faq.answer == "Thus."


def test_a_release_is_entered_and_withdrawn(browser):
    form = {"app": "ghar", "platform": "ios", "version": "2.0.0", "is_active": "on"}
    browser.post(address(AppVersion, "add"), form)
    release = AppVersion.objects.get()
    browser.post(address(AppVersion, "change", release.pk), {"release_notes": "Withdrawn"})
    release.refresh_from_db()
    assert (release.version, release.is_active, release.release_notes) == ("2.0.0", False, "Withdrawn")
    wrong = browser.post(address(AppVersion, "add"), {**form, "version": "next"}, follow=True)
    assert any("not valid" in message or "begin with numbers" in message for message in told(wrong))


def test_reports_are_taken_resolved_and_closed(browser, report, cast):
    number = report(cast.seeker).json()["id"]
    bug, url = BugReport.objects.get(pk=number), address(BugReport, "changelist")
    for action, status in (("take", "in_progress"), ("resolve", "resolved"), ("close", "closed")):
        act(browser, url, {"action": action, "_selected_action": [number]})
        bug.refresh_from_db()
        assert bug.status == status
    assert bug.assigned_to == cast.admin


def test_a_report_is_given_to_an_agent_on_its_form(browser, report, cast):
    number = report(cast.seeker).json()["id"]
    form = {"status": "in_progress", "assigned_to": cast.agent.pk, "resolution": "", "tags": "map"}
    browser.post(address(BugReport, "change", number), form)
    bug = BugReport.objects.get(pk=number)
    assert (bug.status, bug.assigned_to, bug.tags, bug.title) == ("in_progress", cast.agent, ["map"], "It closes")
    refused = browser.post(address(BugReport, "change", number), {**form, "assigned_to": cast.owner.pk}, follow=True)
    assert "Must be an agent or an admin." in told(refused)


def test_more_reports_cost_no_more_queries(browser, report, cast):
    url = address(BugReport, "changelist")
    report(cast.seeker)
    browser.get(url)
    with CaptureQueriesContext(connection) as few:
        browser.get(url)
    for person in (cast.owner, cast.tenant, cast.stranger):
        report(person)
    with CaptureQueriesContext(connection) as many:
        assert browser.get(url).status_code == 200
    assert len(many) == len(few)


def test_the_files_of_a_report_are_linked_on_its_form(browser, report, cast):
    number = report(cast.seeker).json()["id"]
    given = Given(BytesIO(picture()), len(picture()), "screen.jpg", "image/jpeg")
    kept = uploads.upload_files(actor=Actor.of(cast.seeker), files=[given], visibility="private")
    BugReport.objects.get(pk=number).attachments.set(kept)
    page = browser.get(address(BugReport, "change", number)).content.decode()
    assert ">screen.jpg</a>" in page
    assert f"/api/v1/upload/files/{kept[0].pk}/" in page
