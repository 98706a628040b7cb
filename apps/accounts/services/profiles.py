"""What people change about themselves."""

from typing import Any

from django.db import IntegrityError, transaction

from apps.accounts import permissions, rules
from apps.accounts.models import App, AuthMethod, User
from apps.accounts.selectors import NotYourPerson, UserNotFound
from ghar import clock
from ghar.actors import Actor
from ghar.auth.bearer import UserInactive
from ghar.errors import BadRequest, Invalid

# Client apps tell this refusal by its wording.
TAKEN = "Data integrity constraint violated"


class IdentifierTaken(BadRequest):
    """Another person has this phone number or email address. Clients know it as a 400."""

    message = TAKEN


class UnknownApp(BadRequest):
    """There is no onboarding of that name."""


class BadImageUrl(BadRequest):
    """A picture's address must be http or https."""

    message = "profile_image_url must start with http:// or https://"


def update_profile(*, actor: Actor, changes: dict[str, Any]) -> User:
    """Write the given fields of the actor's own row, and no others. JSON objects are replaced whole.

    A changed phone or email is unverified until its owner signs in with it. Raises Invalid, IdentifierTaken or
    BadImageUrl.
    """
    return _write_profile(actor, actor.user.id, _checked(changes))


def update_user(*, actor: Actor, user_id: int, changes: dict[str, Any]) -> User:
    """The same for somebody: admins change anybody, people themselves, agents some fields of their customers.

    What an agent may not change is left as it is. Raises NotYourPerson and UserNotFound as well.
    """
    return _write_profile(actor, user_id, _checked(changes))


def change_phone(*, actor: Actor, phone: str) -> User:
    """Give the actor another phone number, unverified."""
    return _write_profile(actor, actor.user.id, {"phone": phone})


@transaction.atomic
def _write_profile(actor: Actor, user_id: int, changes: dict[str, Any]) -> User:
    """Apply checked changes to a row under its lock."""
    user = (
        User.objects.select_for_update(of=["self"]).select_related("agent").filter(pk=user_id, deleted_at=None).first()
    )
    if user is None:
        raise UserNotFound if actor.is_staff else NotYourPerson
    permitted = permissions.fields_to_change(actor, user)
    if not permitted:
        raise NotYourPerson
    return _apply(user, {name: value for name, value in changes.items() if name in permitted})


def _apply(user: User, changes: dict[str, Any]) -> User:
    """Write the changes of a locked row. What is proven falls with what was proven."""
    for channel in ("email", "phone"):
        if channel in changes and changes[channel] != getattr(user, channel):
            setattr(user, f"{channel}_verified", False)
    for name, value in changes.items():
        setattr(user, name, value)
    user.is_verified = user.email_verified or user.phone_verified
    try:
        with transaction.atomic():
            user.save()
    except IntegrityError as clash:
        raise IdentifierTaken(details={"fields": _clashing(user, changes)}) from clash
    return user


def _clashing(user: User, changes: dict[str, Any]) -> list[str]:
    """Which of the given identifiers somebody else has."""
    others = User.objects.exclude(pk=user.pk)
    channels = [name for name in ("email", "phone") if changes.get(name)]
    return [name for name in channels if others.filter(**{name: changes[name]}).exists()]


def _checked(changes: dict[str, Any]) -> dict[str, Any]:
    checked = dict(changes)
    try:
        if checked.get("full_name"):
            checked["full_name"] = rules.clean_name(checked["full_name"])
    except ValueError as wrong:
        raise Invalid.field("full_name", str(wrong)) from wrong
    try:
        if checked.get("date_of_birth"):
            rules.check_birth(checked["date_of_birth"], clock.today())
    except ValueError as wrong:
        raise Invalid.field("date_of_birth", str(wrong)) from wrong
    if (url := checked.get("profile_image_url")) and not url.startswith(("http://", "https://")):
        raise BadImageUrl
    for name in ("preferences", "notification_settings", "privacy_settings"):
        if checked.get(name, ...) is None:
            checked[name] = {}
    return checked


def merge_preferences(*, actor: Actor, given: dict[str, Any]) -> None:
    """Put search preferences over the stored ones; a null leaves what is stored."""
    _change_json(actor, "preferences", lambda stored: rules.merged(stored, given))


def replace_notification_settings(*, actor: Actor, given: dict[str, Any]) -> User:
    """Store notification settings whole; nulls are left out."""
    return _change_json(actor, "notification_settings", lambda _stored: rules.merged({}, given))


def replace_privacy_settings(*, actor: Actor, given: dict[str, Any]) -> User:
    """Store privacy settings whole; nulls are left out."""
    return _change_json(actor, "privacy_settings", lambda _stored: rules.merged({}, given))


def _own_row(actor: Actor) -> User:
    """The actor's row, locked. Raises UserInactive for somebody suspended or deleted in the meantime."""
    user = User.objects.select_for_update().filter(pk=actor.user.id, is_active=True).first()
    if user is None:
        raise UserInactive
    return user


@transaction.atomic
def _change_json(actor: Actor, name: str, change: Any) -> User:
    user = _own_row(actor)
    setattr(user, name, change(getattr(user, name)))
    user.save(update_fields=[name, "updated_at"])
    return user


def move_to(*, actor: Actor, latitude: float, longitude: float) -> None:
    """Remember where the actor is."""
    User.objects.filter(pk=actor.user.id, is_active=True).update(
        current_latitude=latitude, current_longitude=longitude, updated_at=clock.now()
    )


def record_last_method(*, actor: Actor, method: AuthMethod) -> None:
    """Remember how the actor signed in, to offer it first next time."""
    User.objects.filter(pk=actor.user.id, is_active=True).update(
        last_auth_method=method, last_auth_method_at=clock.now(), updated_at=clock.now()
    )


@transaction.atomic
def complete_onboarding(*, actor: Actor, app: str) -> User:
    """Mark an app's onboarding as done. Raises UnknownApp for an app that has none."""
    if app not in App.values:
        raise UnknownApp(f"Unknown app slug: {app}")
    user = _own_row(actor)
    user.onboarded_apps = sorted({*user.onboarded_apps, app})
    user.save(update_fields=["onboarded_apps", "updated_at"])
    return user
