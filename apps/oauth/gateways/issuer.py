"""Sign-in at an external identity provider, in the protocol that the embedded service speaks as well."""

import httpx2
from django.conf import settings

from ghar import http
from ghar.auth.keys import ProviderUnreachable


def token_for_password(identifier: dict[str, str], password: str) -> str | None:
    """The access token of a person who knows their password; None when it is refused. Raises ProviderUnreachable."""
    return _token("token", {**identifier, "password": password}, grant_type="password")


def send_code(identifier: dict[str, str]) -> None:
    """Have a code sent to a person who has an account."""
    _post("otp", {**identifier, "create_user": False})


def token_for_code(identifier: dict[str, str], code: str) -> str | None:
    """The access token of a person who has the code; None when it is refused."""
    kind = "email" if "email" in identifier else "sms"
    return _token("verify", {**identifier, "token": code, "type": kind})


def _token(path: str, body: dict[str, object], **query: str) -> str | None:
    answer = _post(path, body, **query)
    return str(answer.json()["access_token"]) if answer.is_success else None


def _post(path: str, body: dict[str, object], **query: str) -> httpx2.Response:
    client = http.client("identity", timeout_s=settings.AUTH_PROVIDER_TIMEOUT_S)
    headers = {"apikey": settings.SUPABASE_PUBLISHABLE_KEY}
    try:
        answer = client.post(f"{settings.AUTH_ISSUER}/{path}", json=body, params=query, headers=headers)
    except httpx2.HTTPError as fault:
        raise ProviderUnreachable from fault
    if answer.status_code >= httpx2.codes.INTERNAL_SERVER_ERROR:
        raise ProviderUnreachable
    return answer
