"""Sessions: begun by a proof, kept alive by refresh tokens that are used once, ended by sign-out or by suspicion."""

import secrets
from dataclasses import dataclass
from datetime import timedelta

import structlog
from django.conf import settings
from django.db import transaction

from apps.identity import rules, selectors
from apps.identity.models import Account, Ending, RefreshToken, Session
from apps.identity.services import tokens
from apps.identity.services.visitors import Visitor
from ghar import clock
from ghar.errors import BadRequest

log = structlog.get_logger(__name__)

GRACE = timedelta(seconds=10)
IDLE = timedelta(days=90)


class RefreshTokenUnknown(BadRequest):
    """No living session has this token."""

    code = "refresh_token_not_found"
    message = "Invalid Refresh Token: Refresh Token Not Found"


class RefreshTokenReused(BadRequest):
    """The token was used before. Its session is over, because two parties hold it."""

    code = "refresh_token_already_used"
    message = "Invalid Refresh Token: Already Used"


@dataclass(frozen=True, slots=True)
class Grant:
    """What a client gets for a proof."""

    account: Account
    access_token: str
    refresh_token: str
    expires_at: int


@transaction.atomic
def start_session(*, actor: Visitor, account: Account, method: str) -> Grant:
    """Begin a session for an account that has just proven itself. Raises AccountBanned."""
    now = clock.now()
    if account.is_banned(now):
        raise selectors.AccountBanned
    account.last_sign_in_at = now
    account.save(update_fields=["last_sign_in_at", "updated_at"])
    session = Session.objects.create(
        account=account, method=method, address=actor.address, user_agent=actor.user_agent[:255], refreshed_at=now
    )
    session.refresh_from_db(fields=["created_at"])
    text = secrets.token_urlsafe(32)
    RefreshToken.objects.create(session=session, digest=rules.digest(text), salt=_salt(), created_at=now)
    return _grant(account, session, text)


def refresh_session(*, actor: Visitor, refresh_token: str) -> Grant:
    """New tokens for a refresh token.

    A token works once. For ten seconds after that its holder is given the very successor it has lost (the answer
    did not arrive, or two tabs asked at once), as long as that successor is itself unused. Any other return of a
    used token ends the session. Raises RefreshTokenUnknown, RefreshTokenReused or AccountBanned.
    """
    grant = _refresh(actor, refresh_token)
    if grant is None:
        raise RefreshTokenReused
    return grant


@transaction.atomic
def _refresh(actor: Visitor, text: str) -> Grant | None:
    """None means reuse; raised outside, so that the ending of the session is kept."""
    found = RefreshToken.objects.filter(digest=rules.digest(text)).values("pk", "session_id").first()
    if found is None:
        raise RefreshTokenUnknown
    session = Session.objects.select_for_update(of=["self"]).select_related("account").get(pk=found["session_id"])
    token = RefreshToken.objects.get(pk=found["pk"])
    if session.ended_at is not None:
        if session.ending == Ending.REUSED:
            return None
        raise RefreshTokenUnknown
    if session.account.is_banned(clock.now()):
        raise selectors.AccountBanned
    if clock.now() - session.refreshed_at > IDLE:
        raise RefreshTokenUnknown
    return _rotate(actor, session, token, text)


def _rotate(actor: Visitor, session: Session, token: RefreshToken, text: str) -> Grant | None:
    now = clock.now()
    if token.used_at is None:
        successor = _succeed(token, text)
        session.refreshed_at = now
        session.address, session.user_agent = actor.address, actor.user_agent[:255]
        session.save(update_fields=["refreshed_at", "address", "user_agent", "updated_at"])
        return _grant(session.account, session, successor)
    if now - token.used_at <= GRACE and _is_parent_of_active(token):
        return _grant(session.account, session, rules.successor(_chain_key(), text, token.salt))
    log.warning("a used refresh token came back; its session is over", session=str(session.pk))
    system_end_sessions(account=session.account, ending=Ending.REUSED, only=session)
    return None


def _succeed(token: RefreshToken, text: str) -> str:
    """Mark the token used and store the hash of its one successor."""
    token.used_at = clock.now()
    token.save(update_fields=["used_at"])
    successor = rules.successor(_chain_key(), text, token.salt)
    RefreshToken.objects.create(
        session_id=token.session_id,
        digest=rules.digest(successor),
        parent=token,
        salt=_salt(),
        created_at=token.used_at,
    )
    return successor


def _is_parent_of_active(token: RefreshToken) -> bool:
    return RefreshToken.objects.filter(parent=token, used_at=None).exists()


def sign_out(*, actor: Visitor, scope: str) -> None:
    """End the caller's session (`local`), all but it (`others`), or all of them (`global`)."""
    holder = actor.holder
    if holder is None:
        raise selectors.AuthorizationMissing
    system_end_sessions(
        account=holder.account,
        ending=Ending.SIGNED_OUT,
        only=holder.session if scope == "local" else None,
        keep=holder.session if scope == "others" else None,
    )


def system_end_sessions(
    *, account: Account, ending: str, only: Session | None = None, keep: Session | None = None
) -> int:
    """End living sessions of an account: all, one (`only`), or all but one (`keep`). Answers how many."""
    living = Session.objects.filter(account=account, ended_at=None)
    if only is not None:
        living = living.filter(pk=only.pk)
    if keep is not None:
        living = living.exclude(pk=keep.pk)
    now = clock.now()
    return living.update(ended_at=now, ending=ending, updated_at=now)


def _grant(account: Account, session: Session, refresh_token: str) -> Grant:
    access_token, expires_at = tokens.system_access_token(account=account, session=session)
    return Grant(account, access_token, refresh_token, expires_at)


def _chain_key() -> bytes:
    return rules.derived_key(settings.SECRET_KEY, "refresh chain")


def _salt() -> str:
    return secrets.token_hex(16)
