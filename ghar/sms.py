"""SMS through the provider of this deployment: `POST {to, message, sender_id}` with a bearer key; 2xx means taken."""

import httpx2
import structlog
from django.conf import settings

from ghar import http
from ghar.errors import UpstreamFailed

log = structlog.get_logger(__name__)


def is_set_up() -> bool:
    """Does a provider take messages?"""
    return bool(settings.SMS_PROVIDER_API_URL)


def send(*, to: str, text: str) -> None:
    """Hand one message to the provider. `to` is E.164. Raises UpstreamFailed."""
    body = {"to": to, "message": text}
    if settings.SMS_SENDER_ID:
        body["sender_id"] = settings.SMS_SENDER_ID
    headers = {"Authorization": f"Bearer {settings.SMS_PROVIDER_API_KEY}"}
    try:
        answer = http.client("sms").post(settings.SMS_PROVIDER_API_URL, json=body, headers=headers)
    except httpx2.HTTPError as fault:
        raise UpstreamFailed("The SMS provider cannot be reached.") from fault
    if not answer.is_success:
        log.warning("the SMS provider refused a message", status=answer.status_code)
        raise UpstreamFailed(f"The SMS provider answered {answer.status_code}.")
