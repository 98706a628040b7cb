"""Access tokens: what they say, and signing them."""

from typing import Any

import jwt
from django.conf import settings

from apps.identity import selectors
from apps.identity.models import Account, Session
from apps.identity.services import keys
from ghar import clock


def system_access_token(*, account: Account, session: Session) -> tuple[str, int]:
    """A signed access token and when it runs out (unix seconds)."""
    issued = int(clock.now().timestamp())
    expires = issued + max(600, settings.IDENTITY_TOKEN_SECONDS)
    signer = keys.system_signer()
    payload = {**_claims(account, session), "iat": issued, "exp": expires}
    return jwt.encode(payload, signer.private_key, algorithm=keys.ALGORITHM, headers={"kid": signer.kid}), expires


def _claims(account: Account, session: Session) -> dict[str, Any]:
    """`email_verified` and `phone_verified` stand at the top, where only the issuer writes."""
    signed_in = session.created_at or clock.now()
    return {
        "iss": settings.AUTH_ISSUER,
        "sub": str(account.id),
        "aud": "authenticated",
        "email": account.email or "",
        "phone": account.phone or "",
        "email_verified": account.email_confirmed_at is not None,
        "phone_verified": account.phone_confirmed_at is not None,
        "app_metadata": selectors.app_metadata(account),
        "user_metadata": account.user_metadata,
        "role": "authenticated",
        "aal": "aal1",
        "amr": [{"method": session.method, "timestamp": int(signed_in.timestamp())}],
        "session_id": str(session.id),
        "is_anonymous": False,
    }
