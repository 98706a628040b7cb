"""The outbox: what is pending is sent, tried again when that fails, and given up when it is too late.

A delivery is taken by moving its due time, in a transaction of its own; the mail server is called after that. So of
two workers one sends, and a worker that dies leaves a row that is due again. Somebody may then get a mail twice.
"""

from datetime import timedelta
from uuid import UUID

import structlog
from django.conf import settings
from django.db import transaction

from apps.notifications import rules
from apps.notifications.models import Delivery, DeliveryStatus
from ghar import clock, mail
from ghar.errors import UpstreamFailed

log = structlog.get_logger(__name__)

LEASE = timedelta(minutes=2)
A_RUN = 200


def system_send_due_deliveries() -> int:
    """Send what is due; how many were taken."""
    return sum(system_send_delivery(delivery_id=delivery_id) for delivery_id in _due_ids())


def _due_ids() -> list[UUID]:
    """Longest due first."""
    due = Delivery.objects.filter(status=DeliveryStatus.PENDING, due_at__lte=clock.now())
    return list(due.order_by("due_at").values_list("id", flat=True)[:A_RUN])


def system_send_delivery(*, delivery_id: UUID) -> bool:
    """Send one delivery if it is due and nobody else is at it; whether it was taken. Call it outside transactions."""
    delivery = _take(delivery_id)
    if delivery is None:
        return False
    if delivery.expires_at <= clock.now():
        _note(delivery, DeliveryStatus.EXPIRED, "It was too late to be of use.")
    elif mail.is_set_up():
        _send_mail(delivery)
    else:
        _tell_that_there_is_no_server(delivery)
    return True


@transaction.atomic
def _take(delivery_id: UUID) -> Delivery | None:
    now = clock.now()
    due = Delivery.objects.filter(pk=delivery_id, status=DeliveryStatus.PENDING, due_at__lte=now)
    delivery = due.select_for_update(skip_locked=True, of=("self",)).select_related("notification").first()
    if delivery is not None:
        delivery.attempts += 1
        delivery.due_at = now + LEASE
        delivery.save(update_fields=["attempts", "due_at"])
    return delivery


def _send_mail(delivery: Delivery) -> None:
    notification = delivery.notification
    try:
        mail.send(to=delivery.recipient, subject=_one_line(notification.title), text=notification.body)
    except UpstreamFailed as failed:
        _try_again_later(delivery, failed.message)
    else:
        _note(delivery, DeliveryStatus.SENT)


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _try_again_later(delivery: Delivery, failure: str) -> None:
    wait = rules.retry_after(delivery.attempts)
    if wait is None:
        _note(delivery, DeliveryStatus.FAILED, failure)
        return
    delivery.due_at, delivery.failure = clock.now() + wait, failure[:255]
    delivery.save(update_fields=["due_at", "failure"])


def _tell_that_there_is_no_server(delivery: Delivery) -> None:
    """Outside production the log shows what would have been sent."""
    if settings.ENVIRONMENT != "production":
        log.info(
            "no mail server is set up, so this is shown here", to=delivery.recipient, text=delivery.notification.body
        )
    _note(delivery, DeliveryStatus.UNAVAILABLE, "No mail server is set up (EMAIL_SMTP_HOST).")


def _note(delivery: Delivery, status: str, failure: str = "") -> None:
    delivery.status, delivery.failure = status, failure[:255]
    delivery.sent_at = clock.now() if status == DeliveryStatus.SENT else None
    delivery.save(update_fields=["status", "failure", "sent_at"])
