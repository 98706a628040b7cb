"""Reads: accounts by what they sign in with, and whoever holds a bearer token of a living session."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib.auth.hashers import check_password
from django.db.models import QuerySet

from apps.identity import rules
from apps.identity.models import Account, LoginIdentity, Session
from ghar import clock, dossiers
from ghar.auth import tokens
from ghar.errors import NotAllowed, NotFound, NotSignedIn

MOST_A_PAGE = 1000


class AccountNotFound(NotFound):
    """There is no such account."""

    code = "user_not_found"
    message = "User not found"


class AccountBanned(NotAllowed):
    """The account is shut out for now."""

    code = "user_banned"
    message = "User is banned"


class AuthorizationMissing(NotSignedIn):
    """No bearer token came."""

    code = "no_authorization"
    message = "This endpoint requires a Bearer token"


class BadToken(NotAllowed):
    """The bearer token is not ours, or has run out."""

    code = "bad_jwt"
    message = "invalid JWT: unable to parse or verify signature"


class SessionNotFound(NotAllowed):
    """The token is good and its session is over."""

    code = "session_not_found"
    message = "Session from session_id claim in JWT does not exist"


@dataclass(frozen=True, slots=True)
class Holder:
    """Who holds a bearer token."""

    account: Account
    session: Session


def get_holder(authorization: str | None) -> Holder:
    """The account and the living session of an `Authorization` header.

    Raises AuthorizationMissing, BadToken, SessionNotFound or AccountBanned. Unlike the rest of the platform, this
    looks at the session, so a token ends here with its sign-out.
    """
    try:
        claims = tokens.verifier().verify(tokens.from_header(authorization))
    except tokens.TokenInvalid as wrong:
        raise BadToken from wrong
    except NotSignedIn as missing:
        raise AuthorizationMissing from missing
    session = _living_session(claims.session_id, claims.subject)
    if session.account.is_banned(clock.now()):
        raise AccountBanned
    return Holder(session.account, session)


def _living_session(session_id: str | None, subject: str) -> Session:
    key, owner = as_uuid(session_id), as_uuid(subject)
    if key is None or owner is None:
        raise SessionNotFound
    session = Session.objects.select_related("account").filter(id=key, account_id=owner, ended_at=None).first()
    if session is None:
        raise SessionNotFound
    return session


def as_uuid(text: str | UUID | None) -> UUID | None:
    """The id that a text spells, or None."""
    try:
        return UUID(str(text or ""))
    except ValueError:
        return None


def find_account(*, email: str | None = None, phone: str | None = None) -> Account | None:
    """The account of a lower-case email, else of a phone (without the plus)."""
    if email:
        return Account.objects.filter(email=email).first()
    return Account.objects.filter(phone=phone).first() if phone else None


def find_account_by_id(account_id: str | UUID) -> Account | None:
    """The account of a token's subject; None also for what is no id at all."""
    key = as_uuid(account_id)
    return Account.objects.filter(id=key).first() if key else None


def get_account(account_id: str | UUID) -> Account:
    """The account of an id. Raises AccountNotFound."""
    account = find_account_by_id(account_id)
    if account is None:
        raise AccountNotFound
    return account


def list_accounts(
    *, email: str | None = None, phone: str | None = None, page: int = 1, per_page: int = 50
) -> "QuerySet[Account]":
    """Accounts with their logins, newest first, for server-side callers."""
    rows = Account.objects.prefetch_related("identities").order_by("-created_at", "-id")
    named = {name: value for name, value in (("email", email), ("phone", phone)) if value}
    start = (page - 1) * per_page
    return rows.filter(**named)[start : start + min(per_page, MOST_A_PAGE)]


def app_metadata(account: Account) -> dict[str, Any]:
    """What the platform says of an account: its proven logins, and whatever staff have added (`role`)."""
    providers = [login.provider for login in account.identities.all()]
    first = providers[0] if providers else ("email" if account.email else "phone")
    return {**account.app_metadata, "provider": first, "providers": providers}


def is_proven(account: Account, identifier: str) -> bool:
    """Has the account's owner shown that they hold this identifier of theirs?"""
    return getattr(account, f"{rules.field_of(identifier)}_confirmed_at") is not None


def is_password_of(account: Account | None, password: str) -> bool:
    """Is it the account's? Without an account, or without a password, one hash is computed all the same."""
    return check_password(password, account.password if account else "")


def is_pending_password_of(account: Account, password: str) -> bool:
    """Is it the password of a sign-up that waits for its code?"""
    return bool(account.pending_password) and check_password(password, account.pending_password)


def expected_login(account: Account) -> LoginIdentity:
    """The login that an unproven account will have; it is not stored."""
    field = "email" if account.email else "phone"
    subject, moment = str(account.id), account.created_at
    return LoginIdentity(
        account=account,
        provider=field,
        subject=subject,
        data={"sub": subject, field: getattr(account, field), f"{field}_verified": False},
        created_at=moment,
        updated_at=moment,
        last_sign_in_at=moment,
    )


@dossiers.section("sessions")
def list_sessions_of(user: Any, most: int) -> dossiers.Rows:
    """Where a person has signed in."""
    account_id = as_uuid(user.subject)  # another provider's may be anything
    sessions = (
        Session.objects.filter(account_id=account_id).order_by("-created_at") if account_id else Session.objects.none()
    )
    return list(sessions.values("method", "user_agent", "address", "created_at", "refreshed_at", "ended_at")[:most])
