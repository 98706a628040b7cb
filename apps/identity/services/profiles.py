"""What the holder of an account changes of it: password, phone, email, and what they say of themselves."""

from typing import Any

import orjson
from django.db import transaction

from apps.identity import rules, selectors
from apps.identity.models import Account, Ending, Purpose
from apps.identity.services import accounts, codes, outbox, passwords, sessions
from apps.identity.services.visitors import Visitor
from ghar.errors import Invalid

MOST_METADATA_BYTES = 4096


def update_account(*, actor: Visitor, changes: dict[str, Any]) -> Account:
    """Apply `password`, `data`, `phone` and `email`; those that are absent stay.

    A new phone or email waits in `new_phone`/`new_email` until its code comes back. A new password ends the other
    sessions. Raises WeakPassword, SamePassword, PhoneTaken, EmailTaken and what sending raises.
    """
    holder = actor.holder
    if holder is None:
        raise selectors.AuthorizationMissing
    wanted = [changes[name] for name in ("phone", "email") if changes.get(name)]
    for identifier in wanted:
        outbox.system_require_channel(channel=rules.channel_of(identifier))
    with transaction.atomic():
        for identifier in sorted(wanted):
            accounts.system_lock_identifier(identifier=identifier)
        account = Account.objects.select_for_update().get(pk=holder.account.pk)
        if changes.get("password") is not None:
            _change_password(account, changes["password"], holder)
        if changes.get("data") is not None:
            _merge_metadata(account, changes["data"])
        letters = [letter for identifier in wanted if (letter := _prepare_change(account, identifier))]
    for letter in letters:
        outbox.system_send(letter=letter)
    return account


def _change_password(account: Account, password: str, holder: selectors.Holder) -> None:
    if account.password and selectors.is_password_of(account, password):
        raise passwords.SamePassword
    account.password = passwords.system_hashed(password=password)
    account.save(update_fields=["password", "updated_at"])
    sessions.system_end_sessions(account=account, ending=Ending.PASSWORD_CHANGED, keep=holder.session)


def _merge_metadata(account: Account, data: dict[str, Any]) -> None:
    """Keys are merged; null removes one. Bounded, because it travels in every access token."""
    merged = {key: value for key, value in {**account.user_metadata, **data}.items() if value is not None}
    system_check_metadata(metadata=merged)
    account.user_metadata = merged
    account.save(update_fields=["user_metadata", "updated_at"])


def system_check_metadata(*, metadata: dict[str, Any]) -> None:
    """Raises Invalid above 4 KiB."""
    if len(orjson.dumps(metadata)) > MOST_METADATA_BYTES:
        raise Invalid.field("data", f"Must not be larger than {MOST_METADATA_BYTES // 1024} KiB.")


def _prepare_change(account: Account, identifier: str) -> outbox.Letter | None:
    field = rules.field_of(identifier)
    if getattr(account, field) == identifier and selectors.is_proven(account, identifier):
        return None
    holder = selectors.find_account(**{field: identifier})
    if holder is not None and selectors.is_proven(holder, identifier):
        raise accounts.EmailTaken if field == "email" else accounts.PhoneTaken
    codes.system_count_sending(identifier=identifier)
    setattr(account, f"new_{field}", identifier)
    account.save(update_fields=[f"new_{field}", "updated_at"])
    purpose = Purpose.EMAIL_CHANGE if field == "email" else Purpose.PHONE_CHANGE
    return codes.system_issue_code(account=account, purpose=purpose, identifier=identifier)
