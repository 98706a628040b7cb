"""Sign-up with a password, and codes that are asked for again."""

from typing import Any
from uuid import UUID, uuid4

from django.conf import settings
from django.db import transaction

from apps.identity import rules, selectors
from apps.identity.models import Account, OneTimeCode, Purpose
from apps.identity.services import accounts, codes, outbox, passwords
from apps.identity.services.visitors import Visitor
from ghar import clock
from ghar.errors import DomainError

Metadata = dict[str, Any]


class AccountsOnly(DomainError):
    """Nobody has this identifier, and the client asked not to make an account."""

    status = 422
    code = "otp_disabled"
    message = "Signups not allowed for otp"


def sign_up(*, actor: Visitor, identifier: str, password: str, metadata: Metadata) -> Account:
    """An unproven account that waits for the code just sent.

    When the identifier has a proven account already, the answer looks the same, nothing changes, and the owner is
    told by message that they have an account. Raises WeakPassword and what sending raises.
    """
    hashed = passwords.system_hashed(password=password)
    outbox.system_require_channel(channel=rules.channel_of(identifier))
    codes.system_count_sending(identifier=identifier)
    shown, letter = _prepare(identifier, password, hashed, metadata)
    outbox.system_send(letter=letter)
    shown.created_at = shown.updated_at = clock.now()  # the age of a row would tell whether it was there before
    return shown


@transaction.atomic
def _prepare(identifier: str, password: str, hashed: str, metadata: Metadata) -> tuple[Account, outbox.Letter]:
    accounts.system_lock_identifier(identifier=identifier)
    account = accounts.system_find_claimable(identifier=identifier)
    if account is not None and account.confirmed_at is not None:
        return _look_alike(identifier, metadata), _notice(account, identifier)
    account = account or Account(**{rules.field_of(identifier): identifier})
    account.pending_password = _pending(account, identifier, password, hashed)
    account.user_metadata = metadata
    account.save()
    account.refresh_from_db()
    letter = codes.system_issue_code(account=account, purpose=Purpose.SIGN_UP, identifier=identifier)
    return account, letter


def _pending(account: Account, identifier: str, password: str, hashed: str) -> str:
    """Two sign-ups with different passwords while a code is under way: neither password counts.

    The code proves who holds the phone, not which of two people chose the password.
    """
    contested = codes.system_has_living_code(purpose=Purpose.SIGN_UP, identifier=identifier)
    if contested and not selectors.is_pending_password_of(account, password):
        return ""
    return hashed


def _look_alike(identifier: str, metadata: Metadata) -> Account:
    """What an account that waits for its code would look like. Never stored; its id is the same each time."""
    digest = rules.keyed_digest(rules.derived_key(settings.SECRET_KEY, "look-alike ids"), identifier)
    shown = Account(id=UUID(digest[:32], version=4), user_metadata=metadata)
    setattr(shown, rules.field_of(identifier), identifier)
    return shown


def _notice(account: Account, identifier: str) -> outbox.Letter:
    return outbox.Letter(
        account=account,
        channel=rules.channel_of(identifier),
        recipient=identifier,
        subject="You have a Ghar account",
        text="Somebody tried to sign up at Ghar with this contact. You have an account already: sign in instead.",
    )


def send_sign_in_code(*, actor: Visitor, identifier: str, metadata: Metadata, create: bool) -> UUID:
    """Send a code that signs in, making the account first when there is none and `create` allows it.

    Answers the message's id. Raises AccountsOnly, and what sending raises.
    """
    outbox.system_require_channel(channel=rules.channel_of(identifier))
    codes.system_count_sending(identifier=identifier)
    with transaction.atomic():
        accounts.system_lock_identifier(identifier=identifier)
        account = accounts.system_find_claimable(identifier=identifier)
        if account is None and not create:
            raise AccountsOnly
        account = _described(account or Account(**{rules.field_of(identifier): identifier}), metadata)
        letter = codes.system_issue_code(account=account, purpose=Purpose.SIGN_IN, identifier=identifier)
    return outbox.system_send(letter=letter)


def _described(account: Account, metadata: Metadata) -> Account:
    """Until an account is proven, what was last said of it counts; afterwards only its owner speaks."""
    if account.confirmed_at is None:
        account.user_metadata = metadata
        account.save()
    return account


def send_code_again(*, actor: Visitor, identifier: str, kind: str) -> UUID:
    """Send a fresh code of a kind (`signup`, `sms`, `phone_change`, `email_change`) if one is due.

    The answer is the same whether or not anything was sent: nobody learns here who has an account.
    """
    outbox.system_require_channel(channel=rules.channel_of(identifier))
    codes.system_count_sending(identifier=identifier)
    with transaction.atomic():
        accounts.system_lock_identifier(identifier=identifier)
        letter = _due(identifier, kind)
    return outbox.system_send(letter=letter) if letter else uuid4()


def _due(identifier: str, kind: str) -> outbox.Letter | None:
    if kind in (Purpose.PHONE_CHANGE, Purpose.EMAIL_CHANGE):
        row = OneTimeCode.objects.filter(purpose=kind, identifier=identifier).select_related("account").first()
        if row is None:
            return None
        return codes.system_issue_code(account=row.account, purpose=Purpose(kind), identifier=identifier)
    account = accounts.system_find_claimable(identifier=identifier)
    if account is None:
        return None
    purpose = Purpose.SIGN_UP if account.pending_password else Purpose.SIGN_IN
    return codes.system_issue_code(account=account, purpose=purpose, identifier=identifier)
