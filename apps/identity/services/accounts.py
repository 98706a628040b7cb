"""Accounts as they come into being and are proven. Every claim to an identifier happens under that name's lock."""

from typing import Any
from uuid import UUID

from apps.identity import rules, selectors
from apps.identity.models import Account, LoginIdentity, OneTimeCode, Provider
from ghar import clock
from ghar.db import locks
from ghar.errors import DomainError


class PhoneTaken(DomainError):
    """Another account has proven this number."""

    status = 422
    code = "phone_exists"
    message = "A user with this phone number has already been registered"


class EmailTaken(DomainError):
    """Another account has proven this address."""

    status = 422
    code = "email_exists"
    message = "A user with this email address has already been registered"


def system_lock_identifier(*, identifier: str) -> None:
    """Wait for everybody else who claims this identifier, until the transaction ends."""
    locks.hold(f"identity identifier {identifier}")


def system_find_locked(*, identifier: str) -> Account | None:
    """The account of an identifier, its row locked. The caller holds the identifier's lock."""
    return Account.objects.select_for_update().filter(**{rules.field_of(identifier): identifier}).first()


def system_find_claimable(*, identifier: str) -> Account | None:
    """The account that proof of an identifier would lead to, its row locked. The caller holds the lock.

    An account that is proven by other means and merely mentions the identifier is not it: it loses the mention.
    """
    account = system_find_locked(identifier=identifier)
    if account is None or account.confirmed_at is None or selectors.is_proven(account, identifier):
        return account
    system_release(account=account, identifier=identifier)
    return None


def system_confirm(*, account: Account, identifier: str) -> None:
    """Note that the account's owner holds an identifier it already carries, and make it a login."""
    field = rules.field_of(identifier)
    setattr(account, f"{field}_confirmed_at", clock.now())
    account.pending_password = ""
    account.save(update_fields=[f"{field}_confirmed_at", "password", "pending_password", "updated_at"])
    system_add_login(
        account=account,
        provider=Provider(field),
        subject=str(account.id),
        data={"sub": str(account.id), field: identifier, f"{field}_verified": True},
    )


def system_add_login(*, account: Account, provider: Provider, subject: str, data: dict[str, Any]) -> LoginIdentity:
    """A login of the account, made or brought up to date."""
    login, _ = LoginIdentity.objects.update_or_create(
        provider=provider,
        subject=subject,
        defaults={"account": account, "data": data, "last_sign_in_at": clock.now()},
    )
    return login


def system_claim(*, account: Account, identifier: str) -> None:
    """Give an account an identifier that its owner has just proven.

    Whoever merely wrote it down loses it: an unproven account that has nothing else is removed. Raises PhoneTaken
    or EmailTaken when another account has proven it. The caller holds the identifier's lock.
    """
    field = rules.field_of(identifier)
    other = Account.objects.select_for_update().filter(**{field: identifier}).exclude(pk=account.pk).first()
    if other is not None:
        system_release(account=other, identifier=identifier)
    setattr(account, field, identifier)
    setattr(account, f"new_{field}", None)
    account.save(update_fields=[field, f"new_{field}", "updated_at"])
    system_confirm(account=account, identifier=identifier)


def system_release(*, account: Account, identifier: str) -> None:
    """Take an unproven identifier from an account. Raises PhoneTaken or EmailTaken when it is proven."""
    field = rules.field_of(identifier)
    if selectors.is_proven(account, identifier):
        raise EmailTaken if field == "email" else PhoneTaken
    OneTimeCode.objects.filter(account=account, identifier=identifier).delete()
    if account.confirmed_at is None:
        account.delete()
        return
    setattr(account, field, None)
    account.save(update_fields=[field, "updated_at"])


def system_delete(*, account_id: str | UUID) -> bool:
    """Remove an account with its sessions and logins; False when there is none."""
    account = selectors.find_account_by_id(account_id)
    return account is not None and account.delete()[0] > 0
