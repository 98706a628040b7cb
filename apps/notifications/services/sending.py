"""Telling people: a notification is written down once, with what goes out beside it, and announced."""

from datetime import datetime, timedelta
from typing import Any

import structlog
from django.db import transaction

from apps.accounts import selectors as accounts
from apps.notifications import rules
from apps.notifications.events import NoticeSent
from apps.notifications.models import Delivery, DeliveryStatus, Notification, Outlet
from ghar import clock
from ghar.db import locks
from ghar.events import publish
from ghar.notices import Notice, NoticeType

log = structlog.get_logger(__name__)

NO_PROVIDER = "This deployment has no provider for this channel."


@transaction.atomic
def system_send_notice(notice: Notice) -> str | None:
    """Keep a notice in the person's list and put what they want to get outside into the outbox; its id.

    None when the person is gone or suspended, or has had as many of this type as its cap allows.
    """
    user = accounts.find_active_person(notice.user_id)
    if user is None or _is_over_the_cap(notice):
        log.info("notice held back", type=notice.type.key, user_id=notice.user_id, gone=user is None)
        return None
    notification = Notification.objects.create(
        user=user,
        type=notice.type.key,
        title=notice.title[:200],
        body=notice.body,
        data=dict(notice.data),
        route=notice.route,
        created_at=clock.now(),
    )
    channels = _channels(notice.type, user.notification_settings)
    recipients = {Outlet.EMAIL: user.email, Outlet.SMS: user.phone, Outlet.PUSH: user.subject}
    addressed = {channel: to for channel in channels if (to := recipients[Outlet(channel)])}
    _announce(notice, notification, _write_down(notice, notification, addressed))
    return str(notification.id)


def _channels(kind: NoticeType, settings: Any) -> list[str]:
    return rules.outlets(
        kind.channels,
        category=kind.category,
        priority=kind.priority,
        opt_in=kind.opt_in,
        settings=settings if isinstance(settings, dict) else {},
    )


def _is_over_the_cap(notice: Notice) -> bool:
    """Counted under a lock, so that of several at once none is too many."""
    cap = notice.type.cap
    if cap is None:
        return False
    locks.hold(f"notices:{notice.user_id}:{notice.type.key}")
    now = clock.now()
    told = Notification.objects.filter(user=notice.user_id, type=notice.type.key)
    return any(
        told.filter(created_at__gt=now - timedelta(days=days)).count() >= most
        for days, most in ((1, cap.a_day), (7, cap.a_week))
    )


def _write_down(notice: Notice, notification: Notification, addressed: dict[str, str]) -> list[Delivery]:
    now = clock.now()
    return Delivery.objects.bulk_create(
        _delivery(notification, channel, recipient, now, notice.type.ttl_s) for channel, recipient in addressed.items()
    )


def _delivery(notification: Notification, channel: str, recipient: str, now: datetime, ttl_s: int) -> Delivery:
    """Mail waits to be sent; for push and SMS the row says that nobody carries them yet."""
    carried = channel == Outlet.EMAIL
    return Delivery(
        notification=notification,
        channel=channel,
        recipient=recipient,
        status=DeliveryStatus.PENDING if carried else DeliveryStatus.UNAVAILABLE,
        failure="" if carried else NO_PROVIDER,
        due_at=now,
        expires_at=now + timedelta(seconds=ttl_s),
    )


def _announce(notice: Notice, notification: Notification, deliveries: list[Delivery]) -> None:
    publish(
        NoticeSent(
            notification_id=str(notification.id),
            user_id=notice.user_id,
            type=notice.type.key,
            title=notification.title,
            body=notification.body,
            route=notification.route,
            delivery_ids=tuple(str(one.id) for one in deliveries if one.status == DeliveryStatus.PENDING),
        )
    )
