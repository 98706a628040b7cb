"""The person at the consent page proves who they are: at the embedded identity service, or at an external one.

The session that this begins at the identity service ends at once: only the proof is wanted. A page of several steps
carries it along, signed, for some minutes.
"""

from collections.abc import Callable

from django.conf import settings
from django.core import signing

from apps.accounts import selectors as accounts
from apps.identity.selectors import get_holder
from apps.identity.services import sessions, signing_up
from apps.identity.services import signing_in as identity
from apps.identity.services.visitors import Visitor
from apps.oauth.gateways import issuer
from ghar import phones
from ghar.actors import Actor
from ghar.auth import bearer
from ghar.errors import BadRequest, DomainError, NotSignedIn, TooMany

PROOF_S = 15 * 60
_SALT = "oauth.connected_apps"


class SignInRefused(NotSignedIn):
    """Nobody is told whether the person, the password or the code was wrong."""

    code = "SIGN_IN_REFUSED"
    message = "That does not match. Check it and try again."


class NameMissing(BadRequest):
    """Nobody said who they are."""

    code = "NAME_MISSING"
    message = "Enter your phone or email."


class ProofGone(NotSignedIn):
    """A page was open for too long, or its person was suspended meanwhile."""

    code = "PROOF_GONE"
    message = "This page has run out. Sign in again."


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


def prove_again(*, actor: Actor) -> str:
    """What the next step of a page may show instead of signing in again, for `PROOF_S` seconds."""
    return signing.dumps(actor.id, salt=_SALT)


def system_actor_of_proof(proof: str) -> Actor:
    """Whom a page's proof is of, if they may still be here. Raises ProofGone."""
    try:
        person = accounts.find_active_person(signing.loads(proof, salt=_SALT, max_age=PROOF_S))
    except signing.BadSignature as wrong:
        raise ProofGone from wrong
    if person is None:
        raise ProofGone
    return Actor.of(person)


def _identifier(name: str) -> dict[str, str]:
    """The field and value that an identity service knows somebody by. Raises NameMissing and SignInRefused."""
    if not name.strip():
        raise NameMissing
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
