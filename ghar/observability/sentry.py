"""Error tracking, off without a DSN, and never with a person's data."""

from typing import Any

import sentry_sdk
from sentry_sdk.types import Event, Hint

_HEADERS = {
    "authorization",
    "cookie",
    "apikey",
    "x-api-key",
    "x-supabase-signature",
    "x-forwarded-for",
    "x-real-ip",
}


def start(*, dsn: str, environment: str, release: str, traces_sample_rate: float) -> None:
    """Connect this process to Sentry."""
    if not dsn:
        return
    sentry_sdk.init(
        dsn=dsn,
        environment=environment,
        release=release,
        traces_sample_rate=traces_sample_rate,
        send_default_pii=False,
        include_local_variables=False,
        max_request_body_size="never",
        before_send=without_personal_data,
    )


def without_personal_data(event: Event, _hint: Hint) -> Event:
    """Strip the user, bodies, query strings, cookies and identifying headers from an event."""
    event.pop("user", None)
    request: dict[str, Any] = event.get("request") or {}
    for part in ("data", "cookies", "query_string", "env"):
        request.pop(part, None)
    headers = request.get("headers")
    if isinstance(headers, dict):
        request["headers"] = {name: value for name, value in headers.items() if name.lower() not in _HEADERS}
    return event
