"""The embedded service behind the kernel's port to the identity provider."""

from collections.abc import Callable
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from django.db import InterfaceError, OperationalError

from apps.identity import selectors
from apps.identity.models import Account, Ending
from apps.identity.services import accounts, administration, federated, keys, sessions
from ghar.auth.provider import AccountFacts, LinkedIdentity, ProviderUnreachable
from ghar.db import faults
from ghar.errors import BadRequest

P = ParamSpec("P")
R = TypeVar("R")


def _reachable(method: Callable[P, R]) -> Callable[P, R]:
    """While its database is away, the embedded provider is unreachable like any other."""

    @wraps(method)
    def guarded(*args: P.args, **kwargs: P.kwargs) -> R:
        try:
            return method(*args, **kwargs)
        except (OperationalError, InterfaceError) as fault:
            if faults.reason(fault) is None:
                raise
            raise ProviderUnreachable from fault

    return guarded


class EmbeddedProvider:
    """Implements `ghar.auth.provider.IdentityProvider` on this area's own tables."""

    @_reachable
    def keys(self) -> dict[str, Any]:
        """The public keys, as a JWKS document."""
        return keys.system_published_keys()

    @_reachable
    def find_by_email(self, email: str) -> AccountFacts | None:
        """The account of a lower-case email address."""
        return _facts(selectors.find_account(email=email))

    @_reachable
    def find_by_phone(self, phone: str) -> AccountFacts | None:
        """The account of an E.164 number."""
        return _facts(selectors.find_account(phone=phone.removeprefix("+")))

    @_reachable
    def get(self, subject: str) -> AccountFacts | None:
        """The account of a token's subject."""
        return _facts(selectors.find_account_by_id(subject))

    @_reachable
    def link(self, subject: str, *, provider: str, id_token: str) -> bool:
        """Add a login to an account; False when it is refused."""
        try:
            return federated.system_link_login(account_id=subject, provider=provider, id_token=id_token)
        except BadRequest:
            return False

    @_reachable
    def set_role(self, subject: str, role: str) -> None:
        """Have the account's next tokens say what its holder is; a missing one is no error."""
        administration.system_set_role(account_id=subject, role=role)

    @_reachable
    def delete(self, subject: str) -> None:
        """Remove the account for good; a missing one is no error."""
        accounts.system_delete(account_id=subject)

    @_reachable
    def sign_out_everywhere(self, subject: str) -> None:
        """End every session of the account."""
        account = selectors.find_account_by_id(subject)
        if account is not None:
            sessions.system_end_sessions(account=account, ending=Ending.SIGNED_OUT)


def _facts(account: Account | None) -> AccountFacts | None:
    if account is None:
        return None
    return AccountFacts(
        subject=str(account.id),
        email_verified=account.email_confirmed_at is not None,
        phone_verified=account.phone_confirmed_at is not None,
        has_password=bool(account.password),
        identities=tuple(LinkedIdentity(login.provider, str(login.id)) for login in account.identities.all()),
    )
