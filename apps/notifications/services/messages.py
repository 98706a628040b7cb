"""What admins say in the platform's name: to devices, to one person.

Everything goes through the outbox, so the answer says what is on its way, and the outbox what became of it.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypedDict, Unpack

import structlog
from django.db import transaction

from apps.accounts import selectors as accounts
from apps.accounts.selectors import UserNotFound
from apps.notifications import permissions
from apps.notifications.models import Delivery, DeviceToken, Notification, Outlet
from apps.notifications.services import delivering, sending
from apps.notifications.services.sending import Words
from ghar import clock, notices
from ghar.actors import Actor
from ghar.errors import NotAllowed

log = structlog.get_logger(__name__)

BROADCAST = "admin_broadcast"
"""The type of what admins say without naming one, or naming one that nobody declares."""


class OnlyAdminsSend(NotAllowed):
    """Only admins speak for the platform."""

    code = "SENDING_FOR_ADMINS"
    message = "Only admins may send notices."


class Text(TypedDict, total=False):
    """The words of a message, as the wire has them."""

    title: str
    body: str
    data: dict[str, str] | None
    deep_link: str | None
    image: str | None


@dataclass(frozen=True)
class Said:
    """What was written down: so many deliveries wait, or `error` says why nothing will leave."""

    notification_id: str | None
    delivery_ids: tuple[str, ...] = ()
    error: str | None = None
    skipped: str | None = None
    campaign_id: str | None = None


def send_to_tokens(*, actor: Actor, tokens: Collection[str], **text: Unpack[Text]) -> Said:
    """Push to devices, each once. A device whose person wants nothing any more is left out. Raises OnlyAdminsSend."""
    words = system_words(actor=actor, type_key=BROADCAST, text=text)
    known = {device.token: device for device in DeviceToken.objects.filter(token__in=tokens)}
    recipients = {token: known.get(token) for token in tokens if token not in known or known[token].is_active}
    if not recipients:
        return Said(None, error="No device of these wants messages any more.", skipped="retired")
    return system_said(sending.system_say(words, recipients=recipients))


@transaction.atomic
def send_to_user(*, actor: Actor, user_id: str, **text: Unpack[Text]) -> Said:
    """Push to one person, whatever they have switched off; `user_id` is the subject of their tokens.

    Raises OnlyAdminsSend and UserNotFound.
    """
    words = system_words(actor=actor, type_key=BROADCAST, text=text, outlets=(Outlet.PUSH,))
    user = accounts.find_by_subject(user_id)
    if user is None:
        raise UserNotFound
    if not user.is_active:
        return Said(None, skipped="inactive")
    return system_said(sending.system_tell([user], words)[0])


@dataclass(frozen=True)
class Dispatch:
    """What became of a notice of a type to one person: each channel with whether its messages leave."""

    type_key: str
    sent_at: datetime
    notification_id: str | None = None
    channels: dict[str, dict[str, Any]] | None = None
    error: str | None = None


@transaction.atomic
def send_typed(*, actor: Actor, user_id: int, type_key: str, **text: Unpack[Text]) -> Dispatch:
    """Tell one person something of a type, through the channels that they want. Raises OnlyAdminsSend."""
    words = system_words(actor=actor, type_key=type_key, text=text)
    at, user = clock.now(), accounts.find_active_person(user_id)
    if user is None:
        return Dispatch(words.type.key, at, error="user_not_found")
    told = sending.system_tell([user], words)
    if not told:
        return Dispatch(words.type.key, at, error="held_back")
    return Dispatch(words.type.key, at, str(told[0].id), _by_channel(told[0]))


def system_words(*, actor: Actor, type_key: str, text: Text, outlets: Collection[str] | None = None) -> Words:
    """The words of an admin, signed with who said them. Raises OnlyAdminsSend."""
    if not permissions.can_send(actor):
        raise OnlyAdminsSend
    kind = notices.find_type(type_key)
    if kind is None:
        log.warning("a notice of no known type is sent as a broadcast", type=type_key)
    return Words(
        type=kind or notices.get_type(BROADCAST),
        title=text["title"],
        body=text["body"],
        data=text.get("data") or {},
        route=text.get("deep_link") or None,
        image=text.get("image") or None,
        outlets=outlets,
        sent_by=actor.id,
    )


def system_said(notification: Notification) -> Said:
    """What was written down of a message, and whether it can leave."""
    ids = tuple(str(pk) for pk in Delivery.objects.filter(notification=notification).values_list("pk", flat=True))
    gateway = delivering.GATEWAYS[Outlet.PUSH]
    return Said(str(notification.id), ids, error=None if gateway.is_set_up() else gateway.NOT_SET_UP)


def _by_channel(notification: Notification) -> dict[str, dict[str, Any]]:
    channels: dict[str, dict[str, Any]] = {}
    for delivery in Delivery.objects.filter(notification=notification).order_by("channel", "id"):
        gateway = delivering.GATEWAYS[delivery.channel]
        shown = channels.setdefault(delivery.channel, {"ok": gateway.is_set_up(), "delivery_ids": []})
        shown["delivery_ids"].append(str(delivery.id))
        if not shown["ok"]:
            shown["error"] = gateway.NOT_SET_UP
    return channels
