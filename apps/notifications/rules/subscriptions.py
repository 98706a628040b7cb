"""The push subscription of a browser: where its messages go, and the keys that only it can read them with.

A device registers it in place of a token, as `JSON.stringify(subscription)` writes it (RFC 8030, RFC 8291).
"""

import base64
import binascii
import json
from collections.abc import Iterable
from dataclasses import dataclass
from fnmatch import fnmatchcase
from urllib.parse import urlsplit

KEY_BYTES, SECRET_BYTES = 65, 16


class BadSubscription(ValueError):
    """It is no subscription. The message is a sentence."""


@dataclass(frozen=True)
class Subscription:
    """`endpoint` is an address of the browser's push service, `key` its public key, `secret` what both share."""

    endpoint: str
    key: bytes
    secret: bytes

    @property
    def origin(self) -> str:
        """The push service: scheme, host and port."""
        parts = urlsplit(self.endpoint)
        port = f":{parts.port}" if parts.port else ""
        return f"{parts.scheme}://{parts.hostname}{port}"

    def is_at_one_of(self, origins: Iterable[str]) -> bool:
        """Is its push service one of these? A `*` stands for part of a name."""
        return any(fnmatchcase(self.origin, origin) for origin in origins)

    def text(self) -> str:
        """The same text whatever else the browser wrote, so that it is one device."""
        keys = {"auth": _encoded(self.secret), "p256dh": _encoded(self.key)}
        return json.dumps({"endpoint": self.endpoint, "keys": keys}, separators=(",", ":"))


def is_subscription(token: str) -> bool:
    """Is this a subscription, and no token of another push service?"""
    return token.startswith("{")


def read(token: str) -> Subscription:
    """The subscription in a token. Raises BadSubscription."""
    try:
        given = json.loads(token)
        endpoint, keys = str(given["endpoint"]), given["keys"]
        found = Subscription(endpoint, _decoded(keys["p256dh"]), _decoded(keys["auth"]))
        parts = urlsplit(endpoint)
        has_place = bool(parts.hostname) and not (parts.username or parts.password) and found.origin
    except (ValueError, KeyError, TypeError, AttributeError) as wrong:
        raise BadSubscription("A subscription has an endpoint and the keys p256dh and auth.") from wrong
    if not has_place:
        raise BadSubscription("The endpoint of a subscription is the address of a push service.")
    if len(found.key) != KEY_BYTES or found.key[0] != 4 or len(found.secret) != SECRET_BYTES:
        raise BadSubscription("The keys of a subscription are a point of P-256 and sixteen bytes.")
    return found


def _decoded(text: str) -> bytes:
    try:
        return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
    except binascii.Error as wrong:
        raise ValueError(text) from wrong


def _encoded(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()
