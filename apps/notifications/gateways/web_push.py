"""Push to browsers, through the push service of each (RFC 8030), encrypted for it alone (RFC 8291).

The platform names itself with a signed token (VAPID, RFC 8292); its key pair is made once and kept, because browsers
bind their subscriptions to it.
"""

import base64
import json
import time
from datetime import timedelta
from functools import cache
from typing import Any

import http_ece
import httpx2
import jwt
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec
from django.conf import settings

from apps.notifications.gateways.breaker import Breaker
from apps.notifications.gateways.port import Message, NotUnderstood, Refused, TryLater
from apps.notifications.rules import subscriptions, texts
from apps.notifications.rules.subscriptions import BadSubscription, Subscription
from ghar import http

NOT_SET_UP = "Push to browsers is not set up (WEB_PUSH_PRIVATE_KEY, WEB_PUSH_CONTACT)."
TIMEOUT_S = 10.0
TOKEN_S = 3600
LONGEST_TTL_S = 28 * 86_400
MOST_BYTES = 3993  # of the 4096 that an encrypted message may have
MOST_TITLE_BYTES, MOST_BODY_BYTES = 300, 1500


def is_set_up() -> bool:
    """Is there a key, and somebody whom push services can write to?"""
    return bool(settings.WEB_PUSH_PRIVATE_KEY and settings.WEB_PUSH_CONTACT)


def public_key() -> str:
    """What a browser subscribes with (`applicationServerKey`), in base64url."""
    point = _private_key(settings.WEB_PUSH_PRIVATE_KEY).public_key()
    return _encoded(point.public_bytes(serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint))


def send(message: Message) -> str:
    """Hand one message to the subscription in `to`; where the push service keeps it. Raises TryLater, Refused and
    NotUnderstood."""
    subscription = _subscription(message.to)
    content, headers = _encrypted(message, subscription), _headers(message, subscription)
    with breaker_of(subscription.origin).guard():
        try:
            answer = http.client("web push", timeout_s=TIMEOUT_S).post(
                subscription.endpoint, content=content, headers=headers
            )
        except httpx2.HTTPError as fault:
            raise TryLater(f"The push service cannot be reached ({type(fault).__name__}).") from fault
        return _place_in(answer)


@cache
def breaker_of(origin: str) -> Breaker:
    """One for each push service: they fail on their own."""
    return Breaker(f"The push service {origin}")


def _subscription(token: str) -> Subscription:
    try:
        found = subscriptions.read(token)
    except BadSubscription as wrong:
        raise Refused(str(wrong), is_gone=True) from wrong
    if not found.is_at_one_of(settings.WEB_PUSH_ORIGINS):
        raise Refused("Its push service is none of WEB_PUSH_ORIGINS.")
    return found


def _encrypted(message: Message, subscription: Subscription) -> bytes:
    shown = {
        "title": texts.shortened(message.title, MOST_TITLE_BYTES),
        "body": texts.shortened(message.body, MOST_BODY_BYTES),
        "image": message.image,
        "tag": message.tag,
        "data": dict(message.data),
    }
    content = json.dumps(shown, ensure_ascii=False).encode()
    if len(content) > MOST_BYTES:
        raise Refused("The message is longer than a push service takes.")
    ours = ec.generate_private_key(ec.SECP256R1())
    sealed: bytes = http_ece.encrypt(
        content, private_key=ours, dh=subscription.key, auth_secret=subscription.secret, version="aes128gcm"
    )
    return sealed


def _headers(message: Message, subscription: Subscription) -> dict[str, str]:
    """`Topic` lets a later message take the place of one that still waits."""
    return {
        "Authorization": f"vapid t={_token(subscription.origin)},k={public_key()}",
        "Content-Encoding": "aes128gcm",
        "Content-Type": "application/octet-stream",
        "TTL": str(max(0, min(message.ttl_s, LONGEST_TTL_S))),
        "Topic": message.tag.replace("-", "")[:32],
        "Urgency": "high" if message.is_urgent else "normal",
    }


def _token(origin: str) -> str:
    claims = {"aud": origin, "exp": int(time.time()) + TOKEN_S, "sub": settings.WEB_PUSH_CONTACT}
    return jwt.encode(claims, _private_key(settings.WEB_PUSH_PRIVATE_KEY), algorithm="ES256")


@cache
def _private_key(text: str) -> ec.EllipticCurvePrivateKey:
    """The key as tools for web push print it: 32 bytes in base64url. Raises TryLater, because it can be put right."""
    try:
        number = int.from_bytes(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)), "big")
        return ec.derive_private_key(number, ec.SECP256R1())
    except ValueError as wrong:
        raise TryLater("WEB_PUSH_PRIVATE_KEY is no key of P-256 in base64url.") from wrong


def _place_in(answer: httpx2.Response) -> str:
    status = answer.status_code
    if answer.is_success:
        return answer.headers.get("Location", "")
    if status in (httpx2.codes.NOT_FOUND, httpx2.codes.GONE):
        raise Refused(f"The browser does not want messages any more ({status}).", is_gone=True)
    if status == httpx2.codes.TOO_MANY_REQUESTS or answer.is_server_error:
        raise TryLater(f"The push service answered {status}.", after=_asked_to_wait(answer))
    if answer.is_client_error:
        raise Refused(f"The push service refused it ({status}).")
    raise NotUnderstood(f"The push service answered {status}.")


def _asked_to_wait(answer: Any) -> timedelta | None:
    seconds = answer.headers.get("Retry-After", "")
    return timedelta(seconds=min(int(seconds), 86_400)) if seconds.isdecimal() and len(seconds) < 10 else None


def _encoded(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()
