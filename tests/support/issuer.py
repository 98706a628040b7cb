"""Tokens of the platform's own issuer, signed with the embedded service's real key."""

import time
from typing import Any
from uuid import uuid4

import jwt
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec
from django.conf import settings

from apps.identity.services import keys

SIGNING_KEY = (
    ec.generate_private_key(ec.SECP256R1())
    .private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    .decode()
)
"""One key a test process: a key in the database would go with each test's transaction, and verifiers keep keys."""


def token_for(user: Any, **claims: Any) -> str:
    """An access token of a local user, as the embedded service writes them; `claims` override."""
    own = {
        "sub": user.subject,
        "phone": (user.phone or "").removeprefix("+"),
        "phone_verified": user.phone_verified,
        "email": user.email or "",
        "email_verified": user.email_verified,
    }
    return token(**own | claims)


def token(**claims: Any) -> str:
    """An access token that says what is given."""
    now = int(time.time())
    payload = {
        "iss": settings.AUTH_ISSUER,
        "aud": "authenticated",
        "role": "authenticated",
        "iat": now,
        "exp": now + 3600,
        "session_id": str(uuid4()),
        "app_metadata": {},
        "user_metadata": {},
        **claims,
    }
    signer = keys.system_signer()
    return jwt.encode(payload, signer.private_key, algorithm=keys.ALGORITHM, headers={"kid": signer.kid})


def in_seconds(seconds: int) -> int:
    """A time from now, as claims have it."""
    return int(time.time()) + seconds


def wait_until_over(exp: int) -> None:
    """Until a token with that claim is worth nothing any more, and a moment longer."""
    time.sleep(max(0.0, exp + 0.5 - time.time()))
