"""Accounts behind other providers' logins. Today that is Google."""

from typing import Any

from django.conf import settings
from django.db import transaction

from apps.identity import selectors
from apps.identity.gateways import google
from apps.identity.models import Account, LoginIdentity, Method, Provider
from apps.identity.services import accounts, sessions
from apps.identity.services.visitors import Visitor
from ghar import clock
from ghar.errors import BadRequest, DomainError


class ProviderDisabled(BadRequest):
    """This deployment does not know the provider."""

    code = "provider_disabled"
    message = "This sign-in provider is not set up on this server."


class LoginTaken(DomainError):
    """The login leads to another account."""

    status = 422
    code = "identity_already_exists"
    message = "Identity is already linked to another user"


class EmailMissing(BadRequest):
    """The provider vouches for no address, and there is no account yet."""

    code = "validation_failed"
    message = "The provider has not verified an email address."


def sign_in_with_id_token(
    *, actor: Visitor, provider: str, id_token: str, nonce: str | None, access_token: str | None
) -> sessions.Grant:
    """A session for an id token that a native client got from the provider.

    Raises ProviderDisabled, GoogleTokenRefused, EmailMissing, AccountBanned or ProviderUnreachable.
    """
    _require_google(provider)
    profile = google.read_id_token(id_token, nonce=nonce, access_token=access_token)
    account = system_account_of(profile=profile)
    return sessions.start_session(actor=actor, account=account, method=Method.OAUTH)


@transaction.atomic
def system_account_of(*, profile: google.GoogleProfile) -> Account:
    """The account of a Google profile: the one that has this login, else the one with its verified address.

    An account whose address nobody has proven is not taken over but replaced: whoever made it may be anybody.
    """
    login = LoginIdentity.objects.select_related("account").filter(provider=Provider.GOOGLE, subject=profile.subject)
    if known := login.first():
        _add_google_login(known.account, profile)
        return known.account
    if profile.email is None:
        raise EmailMissing
    accounts.system_lock_identifier(identifier=profile.email)
    account = accounts.system_find_claimable(identifier=profile.email)
    if account is not None and account.confirmed_at is None:
        accounts.system_release(account=account, identifier=profile.email)
        account = None
    account = account or _create(profile, profile.email)
    _add_google_login(account, profile)
    return account


def link_login(*, actor: Visitor, account_id: str, provider: str, id_token: str) -> None:
    """Add a login to an account. Raises LoginTaken, and what `system_link_login` raises."""
    if not system_link_login(account_id=account_id, provider=provider, id_token=id_token):
        raise LoginTaken


def system_link_login(*, account_id: str, provider: str, id_token: str) -> bool:
    """Add a Google login to an account; False when there is no such account or the login leads elsewhere.

    Raises ProviderDisabled, GoogleTokenRefused or ProviderUnreachable. The nonce was the client's affair with
    Google, and is not known here.
    """
    _require_google(provider)
    profile = google.read_id_token(id_token, nonce=None, any_nonce=True)
    with transaction.atomic():
        account = selectors.find_account_by_id(account_id)
        taken = LoginIdentity.objects.filter(provider=Provider.GOOGLE, subject=profile.subject)
        if account is None or taken.exclude(account=account).exists():
            return False
        _add_google_login(account, profile)
    return True


def _require_google(provider: str) -> None:
    names = (settings.GOOGLE_WEB_CLIENT_ID, settings.GOOGLE_IOS_CLIENT_ID, settings.GOOGLE_ANDROID_CLIENT_ID)
    if provider != Provider.GOOGLE or not any(names):
        raise ProviderDisabled


def _create(profile: google.GoogleProfile, email: str) -> Account:
    account = Account.objects.create(email=email, email_confirmed_at=clock.now(), user_metadata=_described(profile))
    account.refresh_from_db()
    return account


def _described(profile: google.GoogleProfile) -> dict[str, Any]:
    """The names under which clients look for a person's name and picture."""
    name, picture = profile.data.get("name"), profile.data.get("picture")
    said = {"full_name": name, "name": name, "avatar_url": picture, "picture": picture}
    return {key: str(value)[:500] for key, value in said.items() if value}


def _add_google_login(account: Account, profile: google.GoogleProfile) -> None:
    accounts.system_add_login(account=account, provider=Provider.GOOGLE, subject=profile.subject, data=profile.data)
