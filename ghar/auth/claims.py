"""What a verified token says about its holder."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Claims:
    """The claims of an access token whose signature, issuer, audience and time have been checked.

    `phone` comes without a plus sign, as the identity protocol writes it; `full_name` is any text of the holder.
    """

    subject: str
    expires_at: int
    email: str | None
    phone: str | None
    email_verified: bool
    phone_verified: bool
    full_name: str | None
    providers: tuple[str, ...]
    session_id: str | None

    @classmethod
    def from_payload(cls, payload: dict[str, Any]) -> "Claims":
        """Read a JWT payload of the identity protocol."""
        app, user = payload.get("app_metadata") or {}, payload.get("user_metadata") or {}
        providers = tuple(app.get("providers") or filter(None, [app.get("provider")]))
        email, phone = payload.get("email") or None, payload.get("phone") or None
        return cls(
            subject=str(payload["sub"]),
            expires_at=int(payload["exp"]),
            email=email.lower() if email else None,
            phone=phone,
            email_verified=_verified(email, payload, "email"),
            phone_verified=_verified(phone, payload, "phone") or bool(phone and "phone" in providers),
            full_name=_text(user.get("full_name")) or _text(user.get("name")),
            providers=providers,
            session_id=payload.get("session_id"),
        )


def _text(value: Any) -> str | None:
    """`user_metadata` may hold anything."""
    return value.replace("\0", "") or None if isinstance(value, str) else None


def _verified(value: str | None, payload: dict[str, Any], channel: str) -> bool:
    """Does the issuer vouch for this channel? `user_metadata` is the holder's own writing and proves nothing."""
    if not value:
        return False
    if f"{channel}_confirmed_at" in payload:
        return bool(payload[f"{channel}_confirmed_at"])
    return payload.get(f"{channel}_verified") is True
