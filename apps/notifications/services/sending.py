"""Telling people: a notification is written down once, with what goes out beside it, and announced.

Whether one person is told or a hundred, it takes the same number of statements.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import structlog
from django.db import transaction
from django.db.models import Count, Q

from apps.accounts import selectors as accounts
from apps.notifications.events import NoticeSent
from apps.notifications.models import Audience, Campaign, Delivery, DeviceToken, Notification, Outlet
from apps.notifications.rules import channels as rules
from apps.notifications.rules import digests
from ghar import clock
from ghar.db import locks
from ghar.events import publish
from ghar.notices import Notice, NoticeType

log = structlog.get_logger(__name__)

LONGEST_TITLE = 200


@dataclass(frozen=True)
class Words:
    """What is said, to whomever: `outlets` are used whatever people have chosen, where an admin says so, and `only`
    narrows what they have chosen. What belongs to a campaign is sent outside by the campaign."""

    type: NoticeType
    title: str
    body: str
    data: Mapping[str, Any] = field(default_factory=dict)
    route: str | None = None
    image: str | None = None
    outlets: Collection[str] | None = None
    only: Collection[str] | None = None
    sent_by: int | None = None
    campaign: Campaign | None = None


def system_send_notice(notice: Notice) -> str | None:
    """Keep a notice in the person's list and put what they want to get outside into the outbox; its id.

    None when the person is gone or suspended, or has had as many of this type as its cap allows.
    """
    user = accounts.find_active_person(notice.user_id)
    words = Words(notice.type, notice.title, notice.body, notice.data, notice.route)
    told = system_tell([user] if user else [], words)
    if not told:
        log.info("notice held back", type=notice.type.key, user_id=notice.user_id, gone=user is None)
        return None
    return str(told[0].id)


@transaction.atomic
def system_tell(people: Sequence[Any], words: Words) -> list[Notification]:
    """Tell each of these (active) people the same; what was written down. Whoever is over the cap is left out."""
    now = clock.now()
    told = [_written(words, user=user, at=now) for user in _under_the_cap(people, words.type, now)]
    Notification.objects.bulk_create(told)
    deliveries = _deliveries_to(told, words, now)
    Delivery.objects.bulk_create(deliveries)
    system_announce(told, [] if words.campaign else deliveries)
    return told


@transaction.atomic
def system_say(words: Words, *, recipients: Mapping[str, DeviceToken | None], topic: str | None = None) -> Notification:
    """Say something to devices or to a topic, by push alone and in nobody's list: recipients are tokens, or it."""
    now = clock.now()
    audience = Audience.TOPIC if topic else Audience.TOKENS
    said = _written(words, audience=audience, topic=topic, at=now)
    said.save(force_insert=True)
    deliveries = [
        _delivery(said, Outlet.PUSH, recipient, words.type, now, device=device)
        for recipient, device in recipients.items()
    ]
    Delivery.objects.bulk_create(deliveries)
    system_announce([said], deliveries)
    return said


def _written(words: Words, *, at: datetime, **whom: Any) -> Notification:
    return Notification(
        type=words.type.key,
        title=words.title[:LONGEST_TITLE],
        body=words.body,
        data=dict(words.data),
        route=words.route,
        image=words.image,
        sent_by_id=words.sent_by,
        campaign=words.campaign,
        created_at=at,
        **whom,
    )


def _under_the_cap(people: Sequence[Any], kind: NoticeType, now: datetime) -> Sequence[Any]:
    """Counted under a lock for each person, so that of several at once, in any process, none is too many."""
    if kind.cap is None or not people:
        return people
    locks.hold_all([f"notices:{user.pk}:{kind.key}" for user in people])
    day, week = now - timedelta(days=1), now - timedelta(days=7)
    counted = (
        Notification.objects.filter(user__in=people, type=kind.key, created_at__gt=week)
        .order_by()
        .values("user")
        .annotate(week=Count("pk"), day=Count("pk", filter=Q(created_at__gt=day)))
        .filter(Q(week__gte=kind.cap.a_week) | Q(day__gte=kind.cap.a_day))
    )
    full = {row["user"] for row in counted}
    return [user for user in people if user.pk not in full]


def _deliveries_to(told: list[Notification], words: Words, now: datetime) -> list[Delivery]:
    """One for each address of each person, in the channels that they want."""
    wanted = {one.pk: _outlets(words, one.user) for one in told}
    pushed = [one.user_id for one in told if Outlet.PUSH in wanted[one.pk]]
    devices = _devices_of([user_id for user_id in pushed if user_id is not None])
    return [
        _delivery(
            one,
            outlet,
            recipient,
            words.type,
            now,
            device=device,
            waits_for_others=outlet == Outlet.EMAIL and words.outlets is None,
        )
        for one in told
        for outlet in wanted[one.pk]
        for recipient, device in _addresses(outlet, one.user, devices)
    ]


def _outlets(words: Words, user: Any) -> Collection[str]:
    if words.outlets is not None:
        return words.outlets
    chosen = user.notification_settings
    wanted = rules.outlets(
        words.type.channels,
        category=words.type.category,
        priority=words.type.priority,
        opt_in=words.type.opt_in,
        settings=chosen if isinstance(chosen, dict) else {},
    )
    return wanted if words.only is None else [outlet for outlet in wanted if outlet in words.only]


def _devices_of(user_ids: list[int]) -> dict[int, list[DeviceToken]]:
    found: dict[int, list[DeviceToken]] = defaultdict(list)
    if user_ids:
        for device in DeviceToken.objects.filter(user__in=user_ids, is_active=True).order_by("created_at", "id"):
            found[device.user_id or 0].append(device)
    return found


def _addresses(
    outlet: str, user: Any, devices: Mapping[int, list[DeviceToken]]
) -> list[tuple[str, DeviceToken | None]]:
    if outlet == Outlet.PUSH:
        return [(str(device.pk), device) for device in devices.get(user.pk, [])]
    address = user.email if outlet == Outlet.EMAIL else user.phone
    return [(address, None)] if address else []


def _delivery(
    said: Notification,
    outlet: str,
    recipient: str,
    kind: NoticeType,
    now: datetime,
    *,
    device: DeviceToken | None,
    waits_for_others: bool = False,
) -> Delivery:
    expires_at = now + timedelta(seconds=kind.ttl_s)
    together_at = _digest_at(said.user, kind, now, expires_at) if waits_for_others else None
    return Delivery(
        notification=said,
        channel=outlet,
        recipient=recipient,
        device=device,
        in_digest=together_at is not None,
        due_at=together_at or now,
        expires_at=expires_at,
    )


def _digest_at(user: Any, kind: NoticeType, now: datetime, expires_at: datetime) -> datetime | None:
    chosen = user.notification_settings
    if not isinstance(chosen, dict):
        return None
    return digests.digest_at(chosen, now, priority=kind.priority, expires_at=expires_at)


def system_announce(said: Sequence[Notification], deliveries: Sequence[Delivery]) -> None:
    """Tell of each of them, with what waits to go out."""
    waiting: dict[Any, list[str]] = defaultdict(list)
    for one in deliveries:
        waiting[one.notification_id].append(str(one.id))
    for notification in said:
        publish(
            NoticeSent(
                notification_id=str(notification.id),
                user_id=notification.user_id,
                type=notification.type,
                title=notification.title,
                body=notification.body,
                route=notification.route,
                delivery_ids=tuple(waiting[notification.id]),
            )
        )
