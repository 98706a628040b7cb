"""WhatsApp, through Meta's Cloud API: a template that Meta has approved, with the words as its parameters.

https://developers.facebook.com/docs/whatsapp/cloud-api/guides/send-message-templates. The template's body has two
parameters: title and text.
"""

from typing import Any

import httpx2
import orjson
import structlog
from django.conf import settings

from apps.notifications.gateways.breaker import Breaker
from apps.notifications.gateways.port import Message, NotUnderstood, Refused, TryLater
from apps.notifications.rules import texts
from ghar import http

log = structlog.get_logger(__name__)

NOT_SET_UP = "WhatsApp is not set up (WHATSAPP_PHONE_ID, WHATSAPP_TOKEN, WHATSAPP_TEMPLATE)."
TIMEOUT_S = 10.0
MOST_BYTES = 900  # a template's body has 1024 characters, its own words included
AWAY = frozenset({1, 2, 4, 190, 80007, 130429, 131000, 131016, 131048, 131056, 131057, 133004})
"""Errors that pass: limits, outages, and a token that somebody has to renew."""

breaker = Breaker("WhatsApp")


def is_set_up() -> bool:
    """Is there a number, a token and a template?"""
    return bool(settings.WHATSAPP_PHONE_ID and settings.WHATSAPP_TOKEN and settings.WHATSAPP_TEMPLATE)


def send(message: Message) -> str:
    """Hand one message over; WhatsApp's id of it. Raises TryLater, Refused and NotUnderstood."""
    with breaker.guard():
        try:
            answer = http.client("whatsapp", timeout_s=TIMEOUT_S).post(
                f"{settings.WHATSAPP_API_URL}/{settings.WHATSAPP_PHONE_ID}/messages",
                headers={"Authorization": f"Bearer {settings.WHATSAPP_TOKEN}"},
                json=body_of(message),
            )
        except httpx2.HTTPError as fault:
            raise TryLater(f"WhatsApp cannot be reached ({type(fault).__name__}).") from fault
        return _id_in(answer)


def body_of(message: Message) -> dict[str, Any]:
    """The message as the Cloud API takes it. Parameters may hold no line ends, and are not empty."""
    words = [texts.shortened(" ".join(text.split()) or "-", MOST_BYTES // 2) for text in (message.title, message.body)]
    return {
        "messaging_product": "whatsapp",
        "to": message.to.removeprefix("+"),
        "type": "template",
        "template": {
            "name": settings.WHATSAPP_TEMPLATE,
            "language": {"code": settings.WHATSAPP_LANGUAGE},
            "components": [{"type": "body", "parameters": [{"type": "text", "text": text} for text in words]}],
        },
    }


def _id_in(answer: httpx2.Response) -> str:
    if answer.status_code == httpx2.codes.TOO_MANY_REQUESTS or answer.is_server_error:
        raise TryLater(f"WhatsApp answered {answer.status_code}.")
    try:
        said = orjson.loads(answer.content)
        if answer.is_success:
            return str(said["messages"][0]["id"])
        code = int(said["error"]["code"])
    except (ValueError, KeyError, TypeError, IndexError) as unreadable:
        log.warning("whatsapp answered something else", status=answer.status_code, said=answer.text[:300])
        raise NotUnderstood(f"WhatsApp answered {answer.status_code} with something else.") from unreadable
    if code in AWAY:
        raise TryLater(f"WhatsApp cannot send now (error {code}).")
    raise Refused(f"WhatsApp refused it (error {code}).")
