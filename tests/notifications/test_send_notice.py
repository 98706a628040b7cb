"""A notice is kept in the list and goes out through the channels that somebody wants."""

from datetime import timedelta

import pytest
from django.core import mail
from django.db import transaction

from apps.notifications.events import NoticeSent
from apps.notifications.models import Notification
from apps.notifications.services import devices
from ghar import clock, events
from ghar.actors import Actor
from tests.notifications.telling import channels_of, tell, titles_of, with_email

pytestmark = pytest.mark.django_db


def test_it_is_kept_in_the_list(cast):
    kept = tell(cast.tenant, data={"visit_id": 7}, route="/visits")
    row = Notification.objects.get(pk=kept)
    assert (row.user, row.type, row.title, row.data, row.route) == (
        cast.tenant, "policy_update", "New terms", {"visit_id": 7}, "/visits",
    )  # fmt: skip
    assert row.read_at is None


def test_mail_waits_in_the_outbox(cast):
    assert channels_of(tell(with_email(cast.tenant))) == {"email": "pending"}


def test_every_channel_that_reaches_somebody_waits_in_the_outbox(cast):
    kept = tell(with_email(cast.tenant), "security_alert")
    assert channels_of(kept) == {"email": "pending", "sms": "pending"}
    devices.register_device(actor=Actor.of(cast.tenant), token="phone", platform="ios")
    kept = tell(cast.tenant, "security_alert")
    assert channels_of(kept) == {"email": "pending", "sms": "pending", "push": "pending"}


def test_who_has_no_address_gets_no_mail(cast):
    assert channels_of(tell(cast.tenant)) == {}


def test_what_somebody_switched_off_stays_in_the_list_only(cast):
    kept = tell(with_email(cast.tenant, email_notifications=False))
    assert channels_of(kept) == {}
    assert titles_of(cast.tenant) == ["New terms"]


@pytest.mark.parametrize("stored", [[], "no", 7, None, {"categories": [], "email": "yes"}], ids=repr)
def test_settings_of_any_form_are_survived(cast, stored):
    user = with_email(cast.tenant)
    type(user).objects.filter(pk=user.pk).update(notification_settings=stored if stored is not None else {})
    assert channels_of(tell(user)) == {"email": "pending"}


def test_the_cap_holds_back_what_is_too_much(cast):
    user = with_email(cast.tenant)
    assert tell(user, "win_back", title="Come back") is not None
    assert tell(user, "win_back", title="Please come back") is None
    assert tell(user, "promotion_generic", title="Another type") is not None
    assert tell(cast.owner, "win_back", title="Another person") is not None
    assert titles_of(user) == ["Another type", "Come back"]


def test_the_cap_of_a_week_holds_when_the_day_is_over(cast):
    for _ in range(2):
        assert tell(cast.tenant, "win_back") is not None
        Notification.objects.update(created_at=clock.now() - timedelta(days=2))
    assert tell(cast.tenant, "win_back") is None
    Notification.objects.update(created_at=clock.now() - timedelta(days=8))
    assert tell(cast.tenant, "win_back") is not None


@pytest.mark.parametrize("is_there", [True, False], ids=["suspended", "gone"])
def test_who_is_not_here_is_not_told(cast, is_there):
    user = cast.tenant
    user.is_active = False
    user.save()
    if not is_there:
        user.id = 987654321
    assert tell(user) is None
    assert not Notification.objects.exists()


def test_a_type_that_nobody_declared_is_a_mistake(cast):
    with pytest.raises(LookupError, match="'nonsense'"):
        tell(cast.tenant, "nonsense")


@pytest.mark.django_db(transaction=True)
def test_it_is_announced_once_it_is_committed_and_mailed_at_once(cast, settings, monkeypatch):
    settings.SERVERLESS, settings.EMAIL_HOST = True, "mail.example"
    user = with_email(cast.tenant)
    heard: list[NoticeSent] = []
    monkeypatch.setitem(events._handlers, NoticeSent, [*events.handlers_of(NoticeSent), heard.append])
    with transaction.atomic():
        kept = tell(user, route="/terms")
        assert (heard, mail.outbox) == ([], [])
    ((told,), (letter,)) = heard, mail.outbox
    assert (told.notification_id, told.user_id, told.type, told.route) == (kept, user.id, "policy_update", "/terms")
    assert (letter.to, letter.subject, letter.body) == ([user.email], "New terms", "They are on our site.")
    assert channels_of(kept) == {"email": "sent"}


@pytest.mark.django_db(transaction=True)
def test_what_is_rolled_back_was_never_said(cast, settings):
    settings.SERVERLESS, settings.EMAIL_HOST = True, "mail.example"
    user = with_email(cast.tenant)
    with transaction.atomic():
        tell(user)
        transaction.set_rollback(True)
    assert (titles_of(user), mail.outbox) == ([], [])
