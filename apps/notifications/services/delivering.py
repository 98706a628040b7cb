"""The outbox: what is pending is sent, tried again when that fails, and given up when it is too late.

A delivery is taken by moving its due time, in a transaction of its own; the provider is called after that. So of two
workers one sends, and a worker that dies leaves a row that is due again. Somebody may then get a mail twice; of a
push message a device shows the later one in place of the first.
"""

import json
import random
import time
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from apps.notifications.gateways import console, email, fcm, text_message, web_push, whatsapp
from apps.notifications.gateways.port import Gateway, Message, NotSent, NotUnderstood, Refused, TryLater
from apps.notifications.models import Audience, CampaignStatus, Delivery, DeliveryStatus, Outlet
from apps.notifications.rules import digests, quiet, retries, subscriptions, texts
from apps.notifications.services import devices
from ghar import clock, notices
from ghar.db import locks
from ghar.notices import Priority
from ghar.store.semaphores import NoSlot, Semaphore

LEASE = timedelta(minutes=2)
AT_ONCE = 200
A_RUN_S = 120
MAY_LEAVE = Q(notification__campaign=None) | ~Q(notification__campaign__status=CampaignStatus.STOPPED)
"""What belongs to a stopped campaign waits, until it goes on or is of no use any more."""
GATEWAYS: dict[str, Gateway] = {
    Outlet.PUSH: fcm,
    Outlet.EMAIL: email,
    Outlet.SMS: text_message,
    Outlet.WHATSAPP: whatsapp,
}
AT_A_TIME = {outlet: Semaphore(outlet, 20) for outlet in GATEWAYS}
"""Calls of a channel's provider over all workers."""
CALL_S, WAIT_S, BUSY = 60, 5, timedelta(seconds=10)


def system_send_due_deliveries() -> int:
    """Send what is due, for as long as a run may take; how many were taken."""
    until, taken = time.monotonic() + A_RUN_S, 0
    while (due := _due_ids()) and time.monotonic() < until:
        now_taken = sum(system_send_delivery(delivery_id=delivery_id) for delivery_id in due)
        if not now_taken:  # others are at them
            break
        taken += now_taken
    return taken


def _due_ids() -> list[UUID]:
    """Longest due first."""
    due = Delivery.objects.filter(MAY_LEAVE, status=DeliveryStatus.PENDING, due_at__lte=clock.now())
    return list(due.order_by("due_at").values_list("id", flat=True)[:AT_ONCE])


def system_send_delivery(*, delivery_id: UUID) -> bool:
    """Send one delivery if it is due and nobody else is at it; whether it was taken. Call it outside transactions."""
    delivery = _take(delivery_id)
    if delivery is None:
        return False
    to = _address_of(delivery)
    if delivery.expires_at <= clock.now():
        _note(delivery, DeliveryStatus.EXPIRED, "It was too late to be of use.")
    elif to is None:
        _note(delivery, DeliveryStatus.FAILED, "The device is not this person's any more.")
    elif (until := _quiet_until(delivery)) is not None:
        _wait(delivery, until)
    else:
        _hand_over(delivery, _message_of(delivery, to))
    return True


@transaction.atomic
def _take(delivery_id: UUID) -> Delivery | None:
    now = clock.now()
    _await_turn(delivery_id)
    due = Delivery.objects.filter(MAY_LEAVE, pk=delivery_id, status=DeliveryStatus.PENDING, due_at__lte=now)
    rows = due.select_for_update(skip_locked=True, of=("self",)).select_related("notification__user", "device")
    delivery = rows.first()
    if delivery is not None:
        delivery.attempts += 1
        delivery.due_at = now + LEASE
        delivery.save(update_fields=["attempts", "due_at"])
        if delivery.in_digest:
            _collect(delivery, now)
    return delivery


def _await_turn(delivery_id: UUID) -> None:
    """One digest of a person is put together at a time, or two would each be half of it."""
    person = (
        Delivery.objects.filter(pk=delivery_id, in_digest=True).values_list("notification__user", flat=True).first()
    )
    if person is not None:
        locks.hold(f"digest:{person}")


def _collect(letter: Delivery, now: datetime) -> None:
    """Have a letter carry all else that waits to go out with it. What was of use only until now is left out."""
    others = Delivery.objects.filter(
        MAY_LEAVE,
        notification__user=letter.notification.user,
        channel=letter.channel,
        recipient=letter.recipient,
        in_digest=True,
        status=DeliveryStatus.PENDING,
        due_at__lte=now,
        expires_at__gt=now,
    )
    ids = list(others.exclude(pk=letter.pk).values_list("pk", flat=True))
    Delivery.objects.filter(pk__in=ids).update(status=DeliveryStatus.COLLECTED, digest=letter)


def _address_of(delivery: Delivery) -> str | None:
    """Where it goes; None for a device that was retired, or is another person's by now."""
    if delivery.channel != Outlet.PUSH or delivery.notification.audience != Audience.USER:
        return delivery.recipient
    device = delivery.device
    is_theirs = device is not None and device.is_active and device.user_id == delivery.notification.user_id
    return device.token if device is not None and is_theirs else None


def _quiet_until(delivery: Delivery) -> datetime | None:
    """When the person may be disturbed again; None for now. Mail disturbs nobody, and what is critical always does."""
    user = delivery.notification.user
    chosen = user.notification_settings if user is not None else None
    if delivery.channel == Outlet.EMAIL or not isinstance(chosen, dict) or _priority_of(delivery) == Priority.CRITICAL:
        return None
    return quiet.quiet_until(chosen, clock.now())


def _wait(delivery: Delivery, until: datetime) -> None:
    delivery.attempts -= 1
    delivery.due_at, delivery.failure = until, "It waits for the end of quiet hours."
    delivery.save(update_fields=["attempts", "due_at", "failure"])


def _message_of(delivery: Delivery, to: str) -> Message:
    notification = delivery.notification
    left = delivery.expires_at - clock.now()
    title, body = _words_of(delivery)
    return Message(
        to=to,
        title=title,
        body=body,
        tag=str(notification.id),
        ttl_s=int(left.total_seconds()),
        is_topic=notification.audience == Audience.TOPIC,
        is_urgent=_priority_of(delivery) in (Priority.HIGH, Priority.CRITICAL),
        image=notification.image,
        data=_data_of(delivery),
    )


def _words_of(delivery: Delivery) -> tuple[str, str]:
    told = [delivery.notification]
    if delivery.in_digest:
        collected = delivery.collected.select_related("notification").order_by("created_at", "id")
        told += [one.notification for one in collected]
    return digests.letter([(one.title, one.body) for one in told])


def _priority_of(delivery: Delivery) -> str:
    """What nobody declares any more is urgent, because an app that does not know it still shows it."""
    kind = notices.find_type(delivery.notification.type)
    return Priority.HIGH if kind is None else kind.priority


def _data_of(delivery: Delivery) -> dict[str, str]:
    """What the app is given beside the words: the ids it opens, the screen, and what it says `opened` of."""
    notification = delivery.notification
    own: dict[str, Any] = {
        "notification_id": str(notification.id),
        "delivery_id": str(delivery.id),
        "type_key": notification.type,
        "_meta": json.dumps({"type_key": notification.type, "channel": "push", "priority": _priority_of(delivery)}),
    }
    if notification.route:
        own |= {"deep_link": notification.route, "route": notification.route}
    return texts.as_texts(notification.data) | own


def _hand_over(delivery: Delivery, message: Message) -> None:
    gateway = _gateway_to(delivery, message.to)
    if not gateway.is_set_up():
        console.show(delivery.channel, message)
        _note(delivery, DeliveryStatus.UNAVAILABLE, gateway.NOT_SET_UP)
        return
    try:
        provider_id = _send(gateway, delivery.channel, message)
    except NotSent as failed:
        _note_failure(delivery, message, failed)
    else:
        _note(delivery, DeliveryStatus.SENT, provider_id=provider_id)


def _gateway_to(delivery: Delivery, to: str) -> Gateway:
    """Browsers have push services of their own."""
    if delivery.channel == Outlet.PUSH and subscriptions.is_subscription(to):
        return web_push
    return GATEWAYS[delivery.channel]


def _send(gateway: Gateway, channel: str, message: Message) -> str:
    """As one of the few that the provider is asked at a time."""
    try:
        with AT_A_TIME[channel].slot(seconds=CALL_S, wait_s=WAIT_S):
            return gateway.send(message)
    except NoSlot as busy:
        raise TryLater("As many messages as may are on their way.", after=BUSY, was_tried=False) from busy


def _note_failure(delivery: Delivery, message: Message, failed: NotSent) -> None:
    if isinstance(failed, TryLater):
        _try_again_later(delivery, failed)
    elif isinstance(failed, NotUnderstood):
        _note(delivery, DeliveryStatus.PARKED, failed.reason)
    else:
        if isinstance(failed, Refused) and failed.is_gone:
            devices.system_retire_token(token=message.to)
        _note(delivery, DeliveryStatus.FAILED, failed.reason)


def _try_again_later(delivery: Delivery, failed: TryLater) -> None:
    if not failed.was_tried:
        delivery.attempts -= 1
    wait = retries.retry_after(max(delivery.attempts, 1), chance=random.random())  # noqa: S311 - no secret
    if wait is None:
        _note(delivery, DeliveryStatus.FAILED, failed.reason)
        return
    delivery.due_at = clock.now() + max(wait, failed.after or wait)
    delivery.failure = failed.reason[:255]
    delivery.save(update_fields=["attempts", "due_at", "failure"])


def _note(delivery: Delivery, status: str, failure: str = "", *, provider_id: str = "") -> None:
    delivery.status, delivery.failure, delivery.provider_id = status, failure[:255], provider_id[:255]
    delivery.sent_at = clock.now() if status == DeliveryStatus.SENT else None
    delivery.save(update_fields=["status", "failure", "provider_id", "sent_at"])
