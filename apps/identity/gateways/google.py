"""Google sign-in: the way to the consent page and back, and the check of the id tokens that Google signs.

Addresses are those of https://accounts.google.com/.well-known/openid-configuration.
"""

import base64
import hashlib
from dataclasses import dataclass
from functools import cache
from typing import Any
from urllib.parse import urlencode

import httpx2
import jwt
import structlog
from django.conf import settings

from ghar import http
from ghar.auth.keys import ALGORITHMS, KeySet, fetched_from
from ghar.errors import BadRequest, UpstreamFailed

log = structlog.get_logger(__name__)

AUTHORIZE_URL = "https://accounts.google.com/o/oauth2/v2/auth"
TOKEN_URL = "https://oauth2.googleapis.com/token"  # noqa: S105 - an address
CERTS_URL = "https://www.googleapis.com/oauth2/v3/certs"
ISSUERS = ("https://accounts.google.com", "accounts.google.com")
LEEWAY_S = 30


class GoogleTokenRefused(BadRequest):
    """The id token is not one that Google made for us and this request."""

    code = "validation_failed"
    message = "Bad ID token"


@dataclass(frozen=True, slots=True)
class GoogleProfile:
    """What Google vouches for: `subject` for ever, `email` only when Google has verified it."""

    subject: str
    email: str | None
    data: dict[str, Any]


def is_set_up() -> bool:
    """Can browsers be sent to Google?"""
    return bool(settings.GOOGLE_WEB_CLIENT_ID and settings.GOOGLE_CLIENT_SECRET)


def consent_url(*, state: str, nonce: str, redirect_uri: str) -> str:
    """Where a browser asks its person for consent."""
    query = {
        "client_id": settings.GOOGLE_WEB_CLIENT_ID,
        "redirect_uri": redirect_uri,
        "response_type": "code",
        "scope": "openid email profile",
        "state": state,
        "nonce": hashlib.sha256(nonce.encode()).hexdigest(),
    }
    return f"{AUTHORIZE_URL}?{urlencode(query)}"


def exchange(*, code: str, redirect_uri: str) -> str:
    """The id token for the code that came back. Raises UpstreamFailed."""
    form = {
        "grant_type": "authorization_code",
        "code": code,
        "redirect_uri": redirect_uri,
        "client_id": settings.GOOGLE_WEB_CLIENT_ID,
        "client_secret": settings.GOOGLE_CLIENT_SECRET,
    }
    try:
        answer = http.client("google").post(TOKEN_URL, data=form)
        return str(answer.raise_for_status().json()["id_token"])
    except (httpx2.HTTPError, ValueError, KeyError, TypeError) as fault:
        log.warning("google did not exchange a code", error=str(fault))
        raise UpstreamFailed("Google did not accept the sign-in.") from fault


def read_id_token(
    token: str, *, nonce: str | None, access_token: str | None = None, any_nonce: bool = False
) -> GoogleProfile:
    """The profile of an id token, checked against Google's keys, our client ids, its nonce and its access token.

    `nonce` is the plain one; Google's token carries it hashed (SHA-256, hex) or plain. With `any_nonce`
    it is not looked at. Raises GoogleTokenRefused, or ProviderUnreachable when Google's keys cannot be had.
    """
    try:
        payload = _verified(token)
    except (jwt.PyJWTError, ValueError) as wrong:
        raise GoogleTokenRefused from wrong
    if not any_nonce:
        _check_nonce(payload, nonce)
    _check_access_token(payload, access_token)
    email = payload.get("email") if payload.get("email_verified") in (True, "true") else None
    shown = ("iss", "sub", "email", "email_verified", "name", "given_name", "family_name", "picture")
    return GoogleProfile(
        subject=str(payload["sub"]),
        email=str(email).lower() if email else None,
        data={name: payload[name] for name in shown if name in payload},
    )


def _verified(token: str) -> dict[str, Any]:
    header = jwt.get_unverified_header(token)
    if header.get("alg") not in ALGORITHMS or not isinstance(header.get("kid"), str):
        raise GoogleTokenRefused
    key = _keys(CERTS_URL).find(header["kid"])
    if key is None:
        raise GoogleTokenRefused
    payload: dict[str, Any] = jwt.decode(
        token,
        key,
        algorithms=[key.algorithm_name],
        audience=_client_ids(),
        issuer=ISSUERS,
        leeway=LEEWAY_S,
        options={"require": ["exp", "iat", "iss", "aud", "sub"]},
    )
    return payload


def _client_ids() -> list[str]:
    names = (settings.GOOGLE_WEB_CLIENT_ID, settings.GOOGLE_IOS_CLIENT_ID, settings.GOOGLE_ANDROID_CLIENT_ID)
    return [name for name in names if name]


@cache
def _keys(url: str) -> KeySet:
    return KeySet(fetched_from(url, api_key="", timeout_s=10))


def _check_nonce(payload: dict[str, Any], nonce: str | None) -> None:
    """A nonce must be on both sides or on neither."""
    carried = payload.get("nonce")
    if carried is None and nonce is None:
        return
    if carried is None or nonce is None:
        raise GoogleTokenRefused("Passed nonce and nonce in id_token should either both exist or not.")
    if carried not in (nonce, hashlib.sha256(nonce.encode()).hexdigest()):
        raise GoogleTokenRefused("Nonces mismatch")


def _check_access_token(payload: dict[str, Any], access_token: str | None) -> None:
    """`at_hash` ties an access token to the id token (OpenID Connect Core 3.1.3.6)."""
    expected = payload.get("at_hash")
    if expected is None or access_token is None:
        return
    left_half = hashlib.sha256(access_token.encode()).digest()[:16]
    if base64.urlsafe_b64encode(left_half).rstrip(b"=").decode() != expected:
        raise GoogleTokenRefused("The access token does not belong to the id_token.")
