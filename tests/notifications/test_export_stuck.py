"""An admin has what is stuck written down by a worker, is told when it is there, and fetches it for a day."""

import csv
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from apps.notifications.models import Delivery, Notification
from apps.notifications.services import exporting
from ghar import clock
from ghar.actors import Actor
from ghar.store import files
from tests.notifications.telling import tell, with_email

pytestmark = pytest.mark.django_db
ASK = "admin:notifications_delivery_export_stuck"


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.TEMPORARY_ROOT = tmp_path
    settings.SERVERLESS = True  # jobs run here


@pytest.fixture
def browser(cast) -> Client:
    client = Client()
    client.force_login(cast.admin)
    return client


def make_stuck(user, recipient: str) -> None:
    kept = tell(with_email(user))
    Delivery.objects.filter(notification=kept).update(recipient=recipient, due_at=clock.now() - timedelta(hours=1))


def test_it_is_made_told_and_fetched(browser, cast, django_capture_on_commit_callbacks):
    make_stuck(cast.tenant, "stuck@ghar.example")
    with django_capture_on_commit_callbacks(execute=True):
        assert browser.get(reverse(ASK)).status_code == 302
    told = Notification.objects.get(user=cast.admin, type="export_ready")
    answer = browser.get(told.route)
    header, row = csv.reader(answer.content.decode().splitlines())
    assert (tuple(header), row[1:4]) == (exporting.COLUMNS, ["email", "stuck@ghar.example", "pending"])
    assert answer["Content-Disposition"] == 'attachment; filename="stuck-messages.csv"'


def test_what_a_spreadsheet_would_carry_out_is_text(cast):
    make_stuck(cast.tenant, "=cmd@ghar.example")
    name = exporting.system_export_stuck(user_id=cast.admin.pk)
    assert "'=cmd@ghar.example" in exporting.read_export(actor=Actor.of(cast.admin), name=name)


def test_a_second_one_has_a_name_of_its_own(cast):
    names = [exporting.system_export_stuck(user_id=cast.admin.pk) for _ in range(2)]
    assert names == ["stuck-messages.csv", "stuck-messages.1.csv"]


def test_only_admins_ask_and_fetch(cast):
    files.keep(exporting.NAME, "x")
    for ask in (
        lambda actor: exporting.ask_for_stuck(actor=actor),
        lambda actor: exporting.read_export(actor=actor, name=exporting.NAME),
    ):
        with pytest.raises(exporting.OnlyAdminsSend):
            ask(Actor.of(cast.agent))
    assert exporting.system_export_stuck(user_id=cast.agent.pk) is None


def test_what_is_gone_or_another_areas_is_not_given(browser, cast):
    files.keep("letters.csv", "x")
    for name in ("stuck-messages.csv", "letters.csv"):
        assert browser.get(reverse("admin:notifications_delivery_export", args=[name])).status_code == 404
