"""What the platform and its staff do to accounts: make, change, ban, end."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.contrib.auth.hashers import make_password
from django.db import transaction

from apps.identity import selectors
from apps.identity.models import Account, Ending, Provider, Session
from apps.identity.services import accounts, passwords, profiles, sessions
from apps.identity.services.visitors import Visitor
from ghar import clock, phones
from ghar.errors import Invalid

FOREVER = timedelta(days=36500)


@dataclass(frozen=True, slots=True)
class AccountChange:
    """What a server-side caller says of an account; None leaves a field as it is."""

    email: str | None = None
    phone: str | None = None
    password: str | None = None
    email_confirm: bool = False
    phone_confirm: bool = False
    user_metadata: dict[str, Any] | None = None
    app_metadata: dict[str, Any] | None = None
    banned_until: datetime | None = None
    lift_ban: bool = False


def create_account(*, actor: Visitor, change: AccountChange) -> Account:
    """A new account. Raises PhoneTaken or EmailTaken, WeakPassword, or Invalid when it could not be reached."""
    if not change.email and not change.phone:
        raise Invalid.field("email", "An email address or a phone number is required.")
    hashed = _hashed(change)
    with transaction.atomic():
        _claim_identifiers(Account(), change)
        account = Account(email=change.email, phone=change.phone)
        _apply(account, change, hashed)
    return account


def change_account(*, actor: Visitor, account_id: str, change: AccountChange) -> Account:
    """Apply what is given. A new password or a ban ends the account's sessions. Raises AccountNotFound too."""
    hashed = _hashed(change)
    with transaction.atomic():
        account = selectors.get_account(account_id)
        _claim_identifiers(account, change)
        account = Account.objects.select_for_update().get(pk=account.pk)
        account.email, account.phone = change.email or account.email, change.phone or account.phone
        _apply(account, change, hashed)
        if hashed:
            sessions.system_end_sessions(account=account, ending=Ending.PASSWORD_CHANGED)
        if change.banned_until:
            sessions.system_end_sessions(account=account, ending=Ending.BANNED)
    return account


def _hashed(change: AccountChange) -> str | None:
    return passwords.system_hashed(password=change.password) if change.password is not None else None


def _claim_identifiers(account: Account, change: AccountChange) -> None:
    """Take the identifiers from whoever merely wrote them down. Raises PhoneTaken or EmailTaken."""
    for identifier in sorted(filter(None, (change.email, change.phone))):
        accounts.system_lock_identifier(identifier=identifier)
        other = accounts.system_find_locked(identifier=identifier)
        if other is not None and other.pk != account.pk:
            accounts.system_release(account=other, identifier=identifier)


def _apply(account: Account, change: AccountChange, hashed: str | None) -> None:
    _reset_changed(account)
    if hashed is not None:
        account.password, account.pending_password = hashed, ""
    if change.user_metadata is not None:
        merged = {**account.user_metadata, **change.user_metadata}
        profiles.system_check_metadata(metadata=merged)
        account.user_metadata = merged
    if change.app_metadata is not None:
        account.app_metadata = _own_words({**account.app_metadata, **change.app_metadata})
    if change.banned_until or change.lift_ban:
        account.banned_until = change.banned_until
    account.save()
    account.refresh_from_db()
    for confirm, identifier in ((change.email_confirm, account.email), (change.phone_confirm, account.phone)):
        if confirm and identifier and not selectors.is_proven(account, identifier):
            accounts.system_confirm(account=account, identifier=identifier)


def _reset_changed(account: Account) -> None:
    """A changed identifier is unproven again, and no longer a login."""
    stored = Account.objects.filter(pk=account.pk).values("email", "phone").first()
    for field in ("email", "phone"):
        if stored and stored[field] and stored[field] != getattr(account, field):
            setattr(account, f"{field}_confirmed_at", None)
            account.identities.filter(provider=Provider(field)).delete()


def _own_words(metadata: dict[str, Any]) -> dict[str, Any]:
    """`provider` and `providers` are derived from the logins; null removes a key."""
    return {key: value for key, value in metadata.items() if key not in ("provider", "providers") and value is not None}


def system_ensure_account(
    *,
    phone: str | None = None,
    email: str | None = None,
    password: str | None = None,
    full_name: str | None = None,
    role: str | None = None,
) -> Account:
    """A confirmed account as described: made, or brought to that state. For demo data and for a first admin.

    `phone` in any usual form. The password's strength is the caller's affair. Repeating the call changes nothing.
    """
    number = phones.normalise(phone).removeprefix("+") if phone else None
    address = email.strip().lower() if email else None
    with transaction.atomic():
        found = selectors.find_account(phone=number) or selectors.find_account(email=address)
        account = found or Account()
        _claim_identifiers(account, AccountChange(email=address, phone=number))
        account.phone, account.email = number or account.phone, address or account.email
        if password and not selectors.is_password_of(account, password):
            account.password = make_password(password)
        account.pending_password = ""
        if full_name:
            account.user_metadata = {**account.user_metadata, "full_name": full_name}
        if role:
            account.app_metadata = {**account.app_metadata, "role": role}
        account.save()
        for identifier in filter(None, (account.email, account.phone)):
            if not selectors.is_proven(account, identifier):
                accounts.system_confirm(account=account, identifier=identifier)
    return account


@transaction.atomic
def system_set_role(*, account_id: str, role: str) -> bool:
    """Say in an account's `app_metadata` what its holder is on the platform; False when there is no such account."""
    found = selectors.find_account_by_id(account_id)
    if found is None:
        return False
    account = Account.objects.select_for_update().get(pk=found.pk)
    account.app_metadata = {**account.app_metadata, "role": role}
    account.save(update_fields=["app_metadata", "updated_at"])
    return True


def ban_account(*, actor: Any, account_id: str | UUID, until: datetime | None = None) -> None:
    """Shut an account out, for ever unless `until` is given, and end its sessions."""
    _set_ban(account_id, until or clock.now() + FOREVER)


def unban_account(*, actor: Any, account_id: str | UUID) -> None:
    """Let an account in again."""
    _set_ban(account_id, None)


@transaction.atomic
def _set_ban(account_id: str | UUID, until: datetime | None) -> None:
    account = selectors.get_account(account_id)
    account.banned_until = until
    account.save(update_fields=["banned_until", "updated_at"])
    if until is not None:
        sessions.system_end_sessions(account=account, ending=Ending.BANNED)


def end_all_sessions(*, actor: Any, account_id: str | UUID) -> int:
    """Sign an account out everywhere; answers how many sessions that ended. Raises AccountNotFound."""
    return sessions.system_end_sessions(account=selectors.get_account(account_id), ending=Ending.SIGNED_OUT)


def end_session(*, actor: Any, session_id: UUID) -> None:
    """End one session. Raises SessionNotFound when it is over."""
    session = Session.objects.select_related("account").filter(pk=session_id, ended_at=None).first()
    if session is None:
        raise selectors.SessionNotFound
    sessions.system_end_sessions(account=session.account, ending=Ending.SIGNED_OUT, only=session)


def delete_account(*, actor: Any, account_id: str | UUID) -> None:
    """Remove an account for good. Raises AccountNotFound."""
    if not accounts.system_delete(account_id=account_id):
        raise selectors.AccountNotFound
