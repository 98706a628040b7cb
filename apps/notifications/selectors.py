"""Reads of notifications. Lists are rendered by PostgreSQL."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Count, Q

from apps.accounts import selectors as accounts
from apps.notifications import permissions
from apps.notifications.models import Campaign, Delivery, DeliveryStatus, DeviceToken, Notification
from ghar import clock, dossiers, notices
from ghar.actors import Actor
from ghar.db import json_rows
from ghar.db.json_rows import Pick, Shape
from ghar.db.keyset import Key, Order
from ghar.db.listing import Listing
from ghar.errors import NotAllowed, NotFound
from ghar.notices import NoticeType


class NotificationNotFound(NotFound):
    """There is no such notification of this actor's."""

    code = "NOTIFICATION_NOT_FOUND"
    message = "Notification not found"


class CampaignNotFound(NotFound):
    """There is no such campaign, or it is not this actor's to see."""

    code = "CAMPAIGN_NOT_FOUND"
    message = "Campaign not found"


class NotYours(NotAllowed):
    """These notifications are somebody else's."""

    code = "NOTIFICATIONS_OF_ANOTHER"
    message = "Only admins see what others were told."


OVERDUE = timedelta(minutes=10)

# The first of these in `data` is the row that a client opens.
_REFERENCES = ("reference_id", "conversation_id", "property_id", "visit_id", "listing_id")
_REFERENCE = ", ".join(f"substring(n.data ->> '{key}' FROM '^[0-9]{{1,18}}$')::bigint" for key in _REFERENCES)
_NEWEST = Order(
    "newest",
    (
        Key("created_at", "notifications.created_at", datetime.fromisoformat),
        Key("id", "notifications.id", lambda value: UUID(str(value))),
    ),
    descending=True,
)
_OPENED = "EXISTS (SELECT FROM notification_deliveries d WHERE d.notification_id = n.id AND d.opened_at IS NOT NULL)"
_KEYS = {
    **{name: f"n.{name}" for name in ("id", "type", "title", "body", "data", "route", "read_at", "created_at")},
    "is_read": "n.read_at IS NOT NULL",
    "opened": _OPENED,
    "reference_id": f"coalesce({_REFERENCE})",
}
_SHAPE = Shape(source="notifications n WHERE n.id = page.id", keys=_KEYS)
_LOG_SHAPE = Shape(
    source="notifications n JOIN users u ON u.id = n.user_id WHERE n.id = page.id",
    keys={**_KEYS, "audience_type": "n.audience", "target_user_id": "u.subject", "topic": "n.topic"},
)


def list_my_notifications(actor: Actor) -> Listing:
    """What the actor was told, newest first, with how much of it is unread."""
    unread = Notification.objects.filter(permissions.own(actor), read_at=None).count()
    return Listing(pick=_of(actor.id), shape=_SHAPE, order=_NEWEST, extras={"unread_count": unread})


def list_notifications_of(actor: Actor, user_id: int) -> Listing:
    """What a person was told, newest first. Raises NotYours and UserNotFound."""
    if not permissions.can_see_those_of(actor, user_id):
        raise NotYours
    accounts.get_login(user_id)
    return Listing(pick=_of(user_id), shape=_LOG_SHAPE, order=_NEWEST)


_CAMPAIGN_COLUMNS = (
    "id", "audience", "topic", "segment", "title", "body", "data", "route", "status", "requested", "processed", "told",
    "held_back", "created_at", "finished_at",
)  # fmt: skip
_CAMPAIGN = Shape(
    source="notification_campaigns c WHERE c.id = page.id",
    keys={**{name: f"c.{name}" for name in _CAMPAIGN_COLUMNS}, "type_key": "c.type", "sent_by": "c.sent_by_id"},
)
_NEWEST_CAMPAIGN = Order(
    "newest",
    (
        Key("created_at", "notification_campaigns.created_at", datetime.fromisoformat),
        Key("id", "notification_campaigns.id", lambda value: UUID(str(value))),
    ),
    descending=True,
)


def list_campaigns(actor: Actor) -> Listing:
    """What admins have told many people, newest first, with how far it is. Nothing for others."""
    pick = Pick("notification_campaigns").where("TRUE" if permissions.can_send(actor) else "FALSE")
    return Listing(pick=pick, shape=_CAMPAIGN, order=_NEWEST_CAMPAIGN)


def get_campaign(actor: Actor, campaign_id: UUID) -> Campaign:
    """A campaign. Raises CampaignNotFound."""
    found = Campaign.objects.filter(pk=campaign_id).first() if permissions.can_send(actor) else None
    if found is None:
        raise CampaignNotFound
    return found


@dataclass(frozen=True)
class TypeInUse:
    """A type of notices, and of the last seven days: how many were told, and messages by status."""

    type: NoticeType
    told: int
    deliveries: dict[str, int]


def list_types(actor: Actor) -> list[TypeInUse]:
    """Every type that an area declares, for admins; nothing for others."""
    if not permissions.can_send(actor):
        return []
    week = clock.now() - timedelta(days=7)
    told = Notification.objects.filter(created_at__gte=week).order_by().values_list("type")
    counts = dict(told.annotate(count=Count("pk")))
    sent = Delivery.objects.filter(created_at__gte=week).order_by().values_list("notification__type", "status")
    by_type: dict[str, dict[str, int]] = defaultdict(dict)
    for key, status, count in sent.annotate(count=Count("pk")):
        by_type[key][status] = count
    return [TypeInUse(kind, counts.get(key, 0), by_type[key]) for key, kind in notices.all_types().items()]


def show_campaign(campaign: Campaign) -> dict[str, Any]:
    """One campaign as lists show it."""
    pick = Pick("notification_campaigns").where("notification_campaigns.id = %(id)s", id=campaign.pk)
    return json_rows.decode(json_rows.render(pick, _CAMPAIGN, limit=1)[0])


def count_deliveries(campaign: Campaign) -> dict[str, int]:
    """How many messages of a campaign there are in each status."""
    counted = Delivery.objects.filter(notification__campaign=campaign).order_by().values_list("status")
    return dict(counted.annotate(count=Count("pk")))


def stuck() -> Q:
    """Deliveries that were due ten minutes ago and wait, and those whose provider gave no clear answer."""
    overdue = Q(status=DeliveryStatus.PENDING, due_at__lt=clock.now() - OVERDUE)
    return overdue | Q(status=DeliveryStatus.PARKED)


def count_stuck() -> int:
    """How many deliveries are stuck."""
    return Delivery.objects.filter(stuck()).count()


def _of(user_id: Any) -> Pick:
    return Pick("notifications").where("notifications.user_id = %(user_id)s", user_id=user_id)


@dossiers.section("notices")
def list_notices_of(user: Any, most: int) -> dossiers.Rows:
    """What a person was told."""
    told = Notification.objects.filter(user=user).order_by("-created_at", "-pk")
    return list(told.values("id", "type", "title", "body", "data", "created_at", "read_at")[:most])


@dossiers.section("devices")
def list_devices_of(user: Any, most: int) -> dossiers.Rows:
    """Where a person is told, without the tokens that reach it."""
    devices = DeviceToken.objects.filter(user=user).order_by("-pk")
    return list(devices.values("id", "platform", "app_version", "is_active", "created_at")[:most])
