"""Proofs that begin a session: a password, or a code that came back."""

from django.db import transaction

from apps.identity import rules, selectors
from apps.identity.models import Account, Method, OneTimeCode, Purpose
from apps.identity.services import accounts, codes, passwords, sessions
from apps.identity.services.visitors import Visitor
from ghar.errors import BadRequest

_PURPOSES = {
    "phone_change": [Purpose.PHONE_CHANGE],
    "email_change": [Purpose.EMAIL_CHANGE],
}
_ENTRY = [Purpose.SIGN_IN, Purpose.SIGN_UP]


class CredentialsRefused(BadRequest):
    """Unknown identifier or wrong password: nobody is told which."""

    code = "invalid_credentials"
    message = "Invalid login credentials"


class PhoneNotConfirmed(BadRequest):
    """The password is right and the sign-up's code has not come back yet."""

    code = "phone_not_confirmed"
    message = "Phone not confirmed"


class EmailNotConfirmed(BadRequest):
    """The password is right and the sign-up's code has not come back yet."""

    code = "email_not_confirmed"
    message = "Email not confirmed"


def sign_in_with_password(*, actor: Visitor, identifier: str, password: str) -> sessions.Grant:
    """A session for the right password.

    Raises CredentialsRefused after the same work for unknown and for known identifiers, PhoneNotConfirmed or
    EmailNotConfirmed, AccountBanned, or TooMany after many failures at one identifier.
    """
    passwords.system_count_attempt(identifier=identifier)
    account = selectors.find_account(**{rules.field_of(identifier): identifier})
    if not selectors.is_password_of(account, password) or account is None:
        if account is not None and selectors.is_pending_password_of(account, password):
            raise EmailNotConfirmed if rules.field_of(identifier) == "email" else PhoneNotConfirmed
        raise CredentialsRefused
    _require_proven(account, identifier)
    passwords.system_forget_attempts(identifier=identifier)
    return sessions.start_session(actor=actor, account=account, method=Method.PASSWORD)


def _require_proven(account: Account, identifier: str) -> None:
    """An account that staff made may carry a password beside an identifier that nobody has proven."""
    if not selectors.is_proven(account, identifier):
        raise EmailNotConfirmed if rules.field_of(identifier) == "email" else PhoneNotConfirmed


def sign_in_with_code(*, actor: Visitor, identifier: str, code: str, kind: str) -> sessions.Grant:
    """A session for the code that was sent to an identifier; the code proves that identifier.

    Raises CodeRefused, PhoneTaken, EmailTaken or AccountBanned. Of simultaneous calls with one code one succeeds.
    """
    grant = _use_code(actor, identifier, code, _PURPOSES.get(kind, _ENTRY))
    if grant is None:
        raise codes.CodeRefused
    return grant


@transaction.atomic
def _use_code(actor: Visitor, identifier: str, code: str, purposes: list[Purpose]) -> sessions.Grant | None:
    """None means refused; raised outside, so that the counted attempt is kept."""
    accounts.system_lock_identifier(identifier=identifier)
    used = codes.system_consume_code(purposes=purposes, identifier=identifier, code=code)
    if used is None:
        return None
    account = Account.objects.select_for_update().get(pk=used.account_id)
    if used.purpose in _ENTRY:
        _prove(account, identifier, used)
    elif getattr(account, f"new_{rules.field_of(identifier)}") != identifier:
        return None
    else:
        accounts.system_claim(account=account, identifier=identifier)
    return sessions.start_session(actor=actor, account=account, method=Method.OTP)


def _prove(account: Account, identifier: str, used: OneTimeCode) -> None:
    """The first proof makes the account its holder's; only a sign-up's own code brings that sign-up's password."""
    if account.confirmed_at is None and used.purpose == Purpose.SIGN_UP:
        account.password = account.pending_password
    if not selectors.is_proven(account, identifier):
        accounts.system_confirm(account=account, identifier=identifier)
