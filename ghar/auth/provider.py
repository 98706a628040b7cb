"""The port to the identity provider: the embedded service or an external one, chosen by `AUTH_PROVIDER`.

Accounts speak to people; whether a password exists, which logins are linked, and the end of an account are
facts of the provider.
"""

from dataclasses import dataclass
from functools import cache
from typing import Any, Protocol

from django.conf import settings
from django.utils.module_loading import import_string

from ghar.auth.keys import ProviderUnreachable

__all__ = ["AccountFacts", "IdentityProvider", "LinkedIdentity", "ProviderUnreachable", "provider"]


@dataclass(frozen=True, slots=True)
class LinkedIdentity:
    """A login that leads to an account: `provider` is phone, email, google or apple."""

    provider: str | None
    identity_id: str | None


@dataclass(frozen=True, slots=True)
class AccountFacts:
    """What the provider knows of an account."""

    subject: str
    email_verified: bool
    phone_verified: bool
    has_password: bool
    identities: tuple[LinkedIdentity, ...] = ()


class IdentityProvider(Protocol):
    """Everything Ghar asks of an identity provider. Each method may raise ProviderUnreachable."""

    def keys(self) -> dict[str, Any]:
        """The public keys, as a JWKS document."""

    def find_by_email(self, email: str) -> AccountFacts | None:
        """The account of a lower-case email address."""

    def find_by_phone(self, phone: str) -> AccountFacts | None:
        """The account of an E.164 phone number."""

    def get(self, subject: str) -> AccountFacts | None:
        """The account of a token's subject."""

    def link(self, subject: str, *, provider: str, id_token: str) -> bool:
        """Add a login to an account; False when the provider refuses it."""

    def set_role(self, subject: str, role: str) -> None:
        """Have the account's next tokens say in `app_metadata` what its holder is here; a missing one is no error."""

    def delete(self, subject: str) -> None:
        """Remove the account for good; a missing one is no error."""

    def sign_out_everywhere(self, subject: str) -> None:
        """End every session of the account."""


@cache
def provider() -> IdentityProvider:
    """The provider of this deployment."""
    implementation: IdentityProvider = import_string(settings.AUTH_PROVIDER)()
    return implementation
