"""Mail that somebody wants together goes out in one letter, once, whoever dies or comes at the same moment."""

from datetime import timedelta

import pytest
from django.core import mail
from django.core.management import call_command

from apps.notifications.models import Delivery
from apps.notifications.services import administration, delivering
from ghar import clock
from ghar.actors import Actor
from tests.notifications.telling import channels_of, tell, titles_of, with_email
from tests.support.at_once import at_once
from tests.support.cast import Cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def reader(cast, settings):
    """Somebody who wants mail together."""
    settings.EMAIL_HOST = "mail.example"
    return with_email(cast.tenant, frequency="daily")


def run_the_clock() -> None:
    call_command("run_job", "notifications.send_due_deliveries")


def next_morning() -> None:
    Delivery.objects.update(due_at=clock.now() - timedelta(seconds=1))
    run_the_clock()


def test_it_waits_and_leaves_in_one_letter(reader):
    for number in range(3):
        tell(reader, title=f"Terms {number}", body=f"Text {number}.")
    run_the_clock()
    assert (mail.outbox, titles_of(reader)) == ([], ["Terms 2", "Terms 1", "Terms 0"])
    assert set(Delivery.objects.values_list("status", "in_digest")) == {("pending", True)}
    next_morning()
    next_morning()
    (letter,) = mail.outbox
    assert letter.subject.endswith(", and 2 more")
    assert all(f"Terms {number}\nText {number}." in letter.body for number in range(3))
    assert sorted(Delivery.objects.values_list("status", flat=True)) == ["collected", "collected", "sent"]
    assert set(Delivery.objects.filter(status="collected").values_list("digest__status", flat=True)) == {"sent"}


def test_one_alone_is_an_ordinary_mail(reader):
    tell(reader, title="Terms", body="Text.")
    next_morning()
    assert [(one.subject, one.body) for one in mail.outbox] == [("Terms", "Text.")]


def test_what_is_urgent_and_what_an_admin_writes_leave_at_once(reader, api, cast):
    tell(reader, "security_alert", title="Alert")
    body = {"user_id": reader.id, "type_key": "policy_update", "title": "By hand", "body": "."}
    assert api.as_(cast.admin).post("/api/v1/notifications/send/typed/user", body, format="json").status_code == 200
    run_the_clock()
    assert "Alert" in [one.subject for one in mail.outbox]


def test_any_other_value_is_at_once(cast, settings):
    settings.EMAIL_HOST = "mail.example"
    kept = tell(with_email(cast.tenant, frequency="whenever"))
    run_the_clock()
    assert channels_of(kept) == {"email": "sent"}


def test_people_do_not_share_a_letter(reader, cast):
    other = with_email(cast.owner, frequency="daily")
    tell(reader, title="Mine"), tell(other, title="Theirs")
    next_morning()
    assert sorted((one.to[0], one.subject) for one in mail.outbox) == sorted(
        [(reader.email, "Mine"), (other.email, "Theirs")]
    )


def test_a_letter_whose_worker_died_goes_out_whole(reader):
    for number in range(3):
        tell(reader, title=f"Terms {number}")
    Delivery.objects.update(due_at=clock.now() - timedelta(seconds=1))
    assert delivering._take(Delivery.objects.order_by("created_at").values_list("pk", flat=True)[0])
    tell(reader, title="Of the next day")
    Delivery.objects.filter(attempts=1).update(due_at=clock.now())
    run_the_clock()
    (letter,) = mail.outbox
    assert [f"Terms {number}" in letter.body for number in range(3)] == [True] * 3
    assert "next day" not in letter.body


def test_what_became_useless_is_left_out(reader):
    kept, late = tell(reader, title="Terms"), tell(reader, title="Late")
    Delivery.objects.filter(notification=late).update(expires_at=clock.now())
    next_morning()
    assert [one.subject for one in mail.outbox] == ["Terms"]
    assert (channels_of(kept), channels_of(late)) == ({"email": "sent"}, {"email": "expired"})


def test_what_went_with_a_letter_is_not_sent_again(reader, cast):
    tell(reader), tell(reader)
    next_morning()
    collected = Delivery.objects.get(status="collected").pk
    with pytest.raises(administration.NothingToSend):
        administration.retry_delivery(actor=Actor.of(cast.admin), delivery_id=collected)


@pytest.mark.django_db(transaction=True)
def test_workers_at_the_same_moment_make_one_letter(settings):
    settings.EMAIL_HOST = "mail.example"
    person = with_email(Cast().tenant, frequency="weekly")
    for number in range(6):
        tell(person, title=f"Terms {number}")
    Delivery.objects.update(due_at=clock.now() - timedelta(seconds=1))
    ids = list(Delivery.objects.values_list("pk", flat=True))
    at_once([lambda pk=pk: delivering.system_send_delivery(delivery_id=pk) for pk in ids])
    (letter,) = mail.outbox
    assert all(f"Terms {number}" in letter.body for number in range(6))
