"""The person at the consent page proves who they are: at the embedded identity service, or at an external one.

The session that this begins at the identity service ends at once: only the proof is wanted.
"""

from collections.abc import Callable

from django.conf import settings

from apps.identity.selectors import get_holder
from apps.identity.services import sessions, signing_up
from apps.identity.services import signing_in as identity
from apps.identity.services.visitors import Visitor
from apps.oauth.gateways import issuer
from ghar import phones
from ghar.actors import Actor
from ghar.auth import bearer
from ghar.errors import DomainError, NotSignedIn, TooMany


class SignInRefused(NotSignedIn):
    """Nobody is told whether the person, the password or the code was wrong."""

    code = "SIGN_IN_REFUSED"
    message = "That does not match. Check it and try again."


def sign_in_with_password(*, actor: Actor, address: str | None, name: str, password: str) -> Actor:
    """The person with this phone or email and this password. Raises SignInRefused, TooMany, UserInactive."""
    who = _identifier(name)
    if not settings.IDENTITY_EMBEDDED:
        return _person(issuer.token_for_password(who, password))
    visitor = Visitor(address, "connected app")
    return _proven(lambda: identity.sign_in_with_password(actor=visitor, identifier=_plain(who), password=password))


def send_code(*, actor: Actor, address: str | None, name: str) -> None:
    """Send a code to somebody who has an account; whether there is one is told to nobody. Raises TooMany."""
    who = _identifier(name)
    if not settings.IDENTITY_EMBEDDED:
        issuer.send_code(who)
        return
    visitor = Visitor(address, "connected app")
    try:
        signing_up.send_sign_in_code(actor=visitor, identifier=_plain(who), metadata={}, create=False)
    except signing_up.AccountsOnly:
        return


def sign_in_with_code(*, actor: Actor, address: str | None, name: str, code: str) -> Actor:
    """The person with this phone or email, to whom this code was sent. Raises SignInRefused, UserInactive."""
    who = _identifier(name)
    if not settings.IDENTITY_EMBEDDED:
        return _person(issuer.token_for_code(who, code))
    visitor = Visitor(address, "connected app")
    kind = "email" if "email" in who else "sms"
    return _proven(
        lambda: identity.sign_in_with_code(actor=visitor, identifier=_plain(who), code=code.strip(), kind=kind)
    )


def _identifier(name: str) -> dict[str, str]:
    """The field and value that an identity service knows somebody by. Raises SignInRefused."""
    if "@" in name:
        return {"email": name.strip().lower()}
    try:
        return {"phone": phones.normalise(name)}
    except ValueError as wrong:
        raise SignInRefused from wrong


def _plain(who: dict[str, str]) -> str:
    """As the embedded service stores it: a phone without its plus."""
    return next(iter(who.values())).removeprefix("+")


def _proven(prove: Callable[[], sessions.Grant]) -> Actor:
    try:
        granted = prove()
    except TooMany:
        raise
    except DomainError as refused:
        raise SignInRefused from refused
    person = _person(granted.access_token)
    holder = get_holder(f"Bearer {granted.access_token}")
    sessions.sign_out(actor=Visitor(holder=holder), scope="local")
    return person


def _person(token: str | None) -> Actor:
    if token is None:
        raise SignInRefused
    return bearer.actor_from(f"Bearer {token}")
