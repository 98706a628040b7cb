"""Push through Firebase Cloud Messaging, HTTP v1.

Messages and error codes: https://firebase.google.com/docs/reference/fcm/rest/v1. A service account signs itself in
(RFC 7523) and uses its access token until shortly before that runs out.
"""

import threading
import time
from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import Any

import httpx2
import jwt
import orjson
import structlog
from django.conf import settings

from apps.notifications.gateways.breaker import Breaker
from apps.notifications.gateways.port import Message, NotUnderstood, Refused, TryLater
from apps.notifications.rules import texts
from ghar import http

log = structlog.get_logger(__name__)

NOT_SET_UP = "No push provider is set up (FIREBASE_PROJECT_ID, GOOGLE_APPLICATION_CREDENTIALS)."
SCOPE = "https://www.googleapis.com/auth/firebase.messaging"
GRANT = "urn:ietf:params:oauth:grant-type:jwt-bearer"
TIMEOUT_S = 10.0
EARLY_S = 60
GONE = frozenset({"UNREGISTERED", "SENDER_ID_MISMATCH"})
LONGEST_TTL_S = 28 * 86_400
MOST_TITLE_BYTES, MOST_BODY_BYTES = 300, 1500  # of the 4096 that a message may have

breaker = Breaker("FCM")


def is_set_up() -> bool:
    """Is there a project and a service account?"""
    return bool(settings.FIREBASE_PROJECT_ID and settings.GOOGLE_APPLICATION_CREDENTIALS)


def send(message: Message) -> str:
    """Hand one message over; the name that FCM gives it. Raises TryLater, Refused and NotUnderstood."""
    with breaker.guard():
        answer = _post(
            f"{settings.FCM_API_URL}/v1/projects/{settings.FIREBASE_PROJECT_ID}/messages:send",
            headers={"Authorization": f"Bearer {_access.token()}"},
            json={"message": body_of(message)},
        )
        return _name_in(answer)


def body_of(message: Message) -> dict[str, Any]:
    """The message as FCM takes it."""
    shown = {
        "title": texts.shortened(message.title, MOST_TITLE_BYTES),
        "body": texts.shortened(message.body, MOST_BODY_BYTES),
        **({"image": message.image} if message.image else {}),
    }
    ttl_s = max(0, min(message.ttl_s, LONGEST_TTL_S))
    return {
        ("topic" if message.is_topic else "token"): message.to,
        "notification": shown,
        "data": dict(message.data),
        "android": _for_android(message, ttl_s),
        "apns": {
            "headers": {
                "apns-priority": "10",
                "apns-push-type": "alert",
                "apns-collapse-id": message.tag,
                "apns-expiration": str(int(time.time()) + ttl_s),
            },
            "payload": {"aps": {"sound": "default"}},
        },
        "webpush": {"headers": {"TTL": str(ttl_s), "Urgency": "high" if message.is_urgent else "normal"}},
    }


def _for_android(message: Message, ttl_s: int) -> dict[str, Any]:
    channel = {"channel_id": "high_importance_channel"} if message.is_urgent else {}
    return {
        "priority": "HIGH" if message.is_urgent else "NORMAL",
        "ttl": f"{ttl_s}s",
        "notification": {"tag": message.tag, **channel},
    }


def _post(url: str, **rest: Any) -> httpx2.Response:
    try:
        answer = http.client("fcm", timeout_s=TIMEOUT_S).post(url, **rest)
    except httpx2.HTTPError as fault:
        raise TryLater(f"Google cannot be reached ({type(fault).__name__}).") from fault
    if answer.status_code == httpx2.codes.TOO_MANY_REQUESTS or answer.is_server_error:
        raise TryLater(f"Google answered {answer.status_code}.", after=_asked_to_wait(answer))
    return answer


def _asked_to_wait(answer: httpx2.Response) -> timedelta | None:
    seconds = answer.headers.get("Retry-After", "")
    return timedelta(seconds=min(int(seconds), 86_400)) if seconds.isdecimal() and len(seconds) < 10 else None


def _name_in(answer: httpx2.Response) -> str:
    said = _object_in(answer)
    if answer.status_code == httpx2.codes.OK:
        name = said.get("name")
        if not isinstance(name, str) or not name.startswith("projects/"):
            raise NotUnderstood("FCM answered 200 without the name of a message.")
        return name
    raise _refusal(answer.status_code, said)


def _object_in(answer: httpx2.Response) -> dict[str, Any]:
    try:
        said = orjson.loads(answer.content)
    except ValueError:
        said = None
    if not isinstance(said, dict):
        log.warning("fcm answered no JSON object", status=answer.status_code, said=answer.text[:300])
        raise NotUnderstood(f"FCM answered {answer.status_code} with something that is no JSON object.")
    return said


def _refusal(status: int, said: dict[str, Any]) -> TryLater | Refused | NotUnderstood:
    """What a 4xx means. `error.details` has FCM's own code, and for a wrong token the field it was in."""
    if status == httpx2.codes.UNAUTHORIZED:
        _access.forget()
        return TryLater("FCM did not accept our access token (401).")
    error = said.get("error")
    if not isinstance(error, dict):
        return NotUnderstood(f"FCM answered {status} without an error.")
    details = [one for one in _list(error.get("details")) if isinstance(one, dict)]
    code = next((str(one["errorCode"]) for one in details if "errorCode" in one), str(error.get("status", "")))
    fields = [
        violation.get("field")
        for one in details
        for violation in _list(one.get("fieldViolations"))
        if isinstance(violation, dict)
    ]
    is_gone = code in GONE or "message.token" in fields
    return Refused(f"FCM refused it: {code[:60]} ({status}).", is_gone=is_gone)


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


class _Access:
    """The access token of the service account, one a process."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self.forget()

    def forget(self) -> None:
        """Ask for another one next time."""
        self._token, self._account, self._good_until = "", "", 0.0

    def token(self) -> str:
        """One that is good for a while yet. Raises TryLater."""
        path = settings.GOOGLE_APPLICATION_CREDENTIALS
        with self._lock:
            if self._account != path or time.monotonic() >= self._good_until:
                self._token, seconds = _signed_in(_account_in(path))
                self._account, self._good_until = path, time.monotonic() + seconds - EARLY_S
            return self._token


_access = _Access()


@cache
def _account_in(path: str) -> dict[str, str]:
    """The service account of a credentials file. Raises TryLater, because a file can be put right."""
    try:
        given = orjson.loads(Path(path).read_bytes())
        return {name: str(given[name]) for name in ("client_email", "private_key", "token_uri")}
    except (OSError, ValueError, KeyError, TypeError) as wrong:
        raise TryLater("The file GOOGLE_APPLICATION_CREDENTIALS is no service account's.") from wrong


def _signed_in(account: dict[str, str]) -> tuple[str, int]:
    """An access token, and for how many seconds it is good."""
    now = int(time.time())
    claims = {
        "iss": account["client_email"],
        "scope": SCOPE,
        "aud": account["token_uri"],
        "iat": now,
        "exp": now + 3600,
    }
    try:
        assertion = jwt.encode(claims, account["private_key"], algorithm="RS256")
    except (ValueError, TypeError, jwt.PyJWTError) as wrong:
        raise TryLater("The key in GOOGLE_APPLICATION_CREDENTIALS cannot sign.") from wrong
    answer = _post(account["token_uri"], data={"grant_type": GRANT, "assertion": assertion})
    try:
        said = orjson.loads(answer.content)
        token, seconds = said["access_token"], said["expires_in"]
    except (ValueError, KeyError, TypeError) as wrong:
        raise TryLater(f"Google did not sign the service account in ({answer.status_code}).") from wrong
    if not isinstance(token, str) or not token or not isinstance(seconds, int):
        raise TryLater("Google signed the service account in with something that is no token.")
    return token, seconds
