"""The end of an account.

The row is emptied first, in one transaction; from then on nobody gets in as this person. What follows, the login at
the identity provider and whatever other areas keep, is done at once and, where that fails or the process dies, again
by the clock until it is done.
"""

from datetime import timedelta
from functools import partial
from typing import Any

import structlog
from django.db import transaction
from django.db.models import Q

from apps.accounts.events import AccountDeleted
from apps.accounts.models import User, UserRole
from ghar import clock, events
from ghar.actors import Actor
from ghar.auth.provider import provider
from ghar.errors import BadRequest, Conflict, NotFound, Unavailable, UpstreamFailed
from ghar.models import IdempotencyRecord
from ghar.realtime import publish

log = structlog.get_logger(__name__)

GRACE = timedelta(days=7)
"""Between asking for the end of an account and the end, so that one may think again."""

AT_ONCE = 100
"""Deletions that one run of the job finishes."""

_EMPTY: dict[str, Any] = {
    **dict.fromkeys(
        (
            "phone", "email", "full_name", "date_of_birth", "profile_image_url", "current_latitude",
            "current_longitude", "last_auth_method", "last_auth_method_at", "last_login", "agent",
            "agent_assigned_at", "deletion_requested_at", "deletion_due_at",
        )
    ),
    **dict.fromkeys(("is_active", "is_verified", "phone_verified", "email_verified"), False),
    "role": UserRole.USER,
}  # fmt: skip


class NotConfirmed(BadRequest):
    """Nobody loses an account by a request that does not say so."""

    code = "NOT_CONFIRMED"
    message = "Account deletion must be confirmed (confirm: true)."


class LastAdmin(Conflict):
    """Somebody must be left who can run the platform."""

    code = "LAST_ADMIN"
    message = "You are the only admin. Make somebody else one first."


class NoDeletionRequest(NotFound):
    """Nobody asked to delete this account, or they have thought again."""

    code = "NO_DELETION_REQUEST"
    message = "There is no request to delete this account."


@transaction.atomic
def request_deletion(*, actor: Actor) -> User:
    """Have the actor's account deleted after `GRACE`; asking again changes nothing. Raises LastAdmin."""
    user = _locked_unless_last_admin(actor.user.id)
    if user.deletion_due_at is None:
        user.deletion_requested_at = clock.now()
        user.deletion_due_at = user.deletion_requested_at + GRACE
        user.save(update_fields=["deletion_requested_at", "deletion_due_at", "updated_at"])
    return user


@transaction.atomic
def cancel_deletion(*, actor: Actor) -> None:
    """Keep the actor's account after all. Raises NoDeletionRequest."""
    user = User.objects.select_for_update().get(pk=actor.user.id)
    if user.deletion_due_at is None:
        raise NoDeletionRequest
    user.deletion_requested_at = user.deletion_due_at = None
    user.save(update_fields=["deletion_requested_at", "deletion_due_at", "updated_at"])


def system_carry_out_requests() -> int:
    """Delete the accounts whose time has come; how many. One that stays, because nobody else could run the platform,
    is looked at again every time."""
    due = User.objects.filter(deletion_due_at__lte=clock.now(), deleted_at=None).order_by("deletion_due_at", "pk")
    return sum(map(_carry_out, due.values_list("pk", flat=True)[:AT_ONCE]))


def _carry_out(user_id: int) -> bool:
    try:
        with transaction.atomic():
            user = _locked_unless_last_admin(user_id)
            if user.deletion_due_at is None or user.deletion_due_at > clock.now():
                return False  # they thought again meanwhile
            system_erase(user=user)
    except LastAdmin as refused:
        log.warning("an account is not deleted", user=user_id, reason=refused.message)
        return False
    system_finish_deletion(user_id=user_id)
    return True


def delete_account(*, actor: Actor, confirm: bool) -> None:
    """Delete the actor's own account, now and for good. Raises NotConfirmed, LastAdmin."""
    if not confirm:
        raise NotConfirmed
    user_id = actor.user.id
    with transaction.atomic():
        user = _locked_unless_last_admin(user_id)
        if user.deleted_at is None:
            system_erase(user=user)
    system_finish_deletion(user_id=user_id)


def _locked_unless_last_admin(user_id: int) -> User:
    """The row, locked together with those of the admins, so that two of them cannot leave at once."""
    admins = Q(role=UserRole.ADMIN, is_active=True)
    rows = list(User.objects.select_for_update().filter(Q(pk=user_id) | admins).order_by("pk"))
    if [row.pk for row in rows if row.role == UserRole.ADMIN] == [user_id]:
        raise LastAdmin
    return next(row for row in rows if row.pk == user_id)


def system_erase(*, user: User) -> None:
    """Empty a locked row of everything that says who somebody was, and shut them out."""
    for name, value in _EMPTY.items():
        setattr(user, name, value)
    user.preferences, user.notification_settings, user.privacy_settings = {}, {}, {}
    user.onboarded_apps = []
    user.deleted_at = clock.now()
    user.set_unusable_password()
    user.save()
    IdempotencyRecord.objects.filter(actor_id=user.pk).delete()
    transaction.on_commit(partial(publish.end_readers, user.pk))


def system_finish_deletion(*, user_id: int) -> bool:
    """Tell every area, and remove the login. False when the provider was away: then the clock tries again."""
    user = User.objects.filter(pk=user_id, deleted_at__isnull=False, login_removed_at=None).first()
    if user is None:
        return True
    events.publish(AccountDeleted(user.pk))
    try:
        if user.subject:
            provider().delete(user.subject)
    except (Unavailable, UpstreamFailed) as fault:
        log.warning("a login is not removed yet", user=user.pk, error=str(fault))
        return False
    User.objects.filter(pk=user.pk).update(login_removed_at=clock.now(), updated_at=clock.now())
    return True


def system_finish_deletions() -> int:
    """Finish what was left unfinished a minute ago; how many are done now."""
    settled = clock.now() - timedelta(minutes=1)
    waiting = User.objects.filter(deleted_at__lt=settled, login_removed_at=None).order_by("deleted_at")
    ids = list(waiting.values_list("pk", flat=True)[:AT_ONCE])
    return sum(system_finish_deletion(user_id=user_id) for user_id in ids)
