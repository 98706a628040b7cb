"""Admins see what was asked for and what became of it."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from apps.studio.models import Generation

pytestmark = pytest.mark.django_db
LIST = reverse("admin:studio_generation_changelist")


@pytest.fixture
def browser(cast):
    client = Client()
    client.force_login(cast.admin)
    return client


def wishes(*people):
    rows = [Generation(user=person, mode="text-to-image", prompt="A garden", provider="gemini") for person in people]
    return Generation.objects.bulk_create(rows)


def test_a_wish_is_looked_at(browser, cast):
    (wish,) = wishes(cast.seeker)
    page = browser.get(reverse("admin:studio_generation_change", args=[wish.pk]))
    assert "A garden" in page.content.decode()


def test_the_dashboard_counts_them(browser, cast):
    wishes(cast.seeker, cast.owner)
    figures = {figure.title: figure.value for figure in browser.get(reverse("admin:index")).context["figures"]}
    assert figures["Pictures asked for"] == 2


def test_more_rows_cost_no_more_queries(browser, cast):
    wishes(cast.seeker)
    browser.get(LIST)
    with CaptureQueriesContext(connection) as few:
        browser.get(LIST)
    wishes(cast.owner, cast.tenant, cast.stranger)
    with CaptureQueriesContext(connection) as many:
        assert browser.get(LIST).status_code == 200
    assert len(many) == len(few)
