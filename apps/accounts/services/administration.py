"""What admins decide about people: suspension and roles."""

from functools import partial

from django.db import transaction

from apps.accounts import permissions
from apps.accounts.events import RoleChanged
from apps.accounts.models import User, UserRole
from apps.accounts.selectors import UserNotFound
from apps.accounts.services import deletion
from ghar import events
from ghar.actors import Actor
from ghar.auth.provider import provider
from ghar.errors import Conflict, Invalid, NotAllowed
from ghar.realtime import publish


class OnlyAdmins(NotAllowed):
    """Only an admin may decide about accounts."""

    code = "ADMIN_REQUIRED"
    message = "Only an admin may do this."


class NotYourself(Conflict):
    """Nobody suspends themselves or changes their own role: so there is always an admin left."""

    code = "NOT_YOURSELF"
    message = "You cannot do this to your own account."


class NotSuspended(Conflict):
    """Deleting is for good, so it takes two steps."""

    code = "NOT_SUSPENDED"
    message = "Suspend the person first."


@transaction.atomic
def suspend_user(*, actor: Actor, user_id: int) -> User:
    """Lock a person out of every door, from their next request on, and end what they listen to.

    Raises OnlyAdmins, NotYourself, UserNotFound.
    """
    user = _write(_to_decide_about(actor, user_id), is_active=False)
    transaction.on_commit(partial(publish.end_readers, user_id))
    return user


@transaction.atomic
def reactivate_user(*, actor: Actor, user_id: int) -> User:
    """Let a suspended person in again. Raises OnlyAdmins, NotYourself, UserNotFound."""
    return _write(_to_decide_about(actor, user_id), is_active=True)


@transaction.atomic
def change_role(*, actor: Actor, user_id: int, role: str) -> User:
    """Make a person a user, an agent or an admin. Raises Invalid, OnlyAdmins, NotYourself, UserNotFound."""
    if role not in UserRole.values:
        raise Invalid.field("role", f"Must be one of {', '.join(UserRole.values)}.")
    user = _to_decide_about(actor, user_id)
    events.publish(RoleChanged(user_id))
    if role != UserRole.USER:  # staff are nobody's customers
        return _write(user, role=role, agent=None, agent_assigned_at=None)
    return _write(user, role=role)


def system_tell_role(*, user_id: int) -> None:
    """Have the identity provider say in the person's tokens what they are, because clients read it there.

    Raises ProviderUnreachable or UpstreamFailed when it did not.
    """
    user = User.objects.filter(pk=user_id, deleted_at=None).exclude(subject=None).first()
    if user is not None and user.subject:
        provider().set_role(user.subject, user.role)


def delete_user(*, actor: Actor, user_id: int) -> None:
    """Delete a suspended person for good. Raises NotSuspended, OnlyAdmins, NotYourself, UserNotFound."""
    with transaction.atomic():
        user = _to_decide_about(actor, user_id)
        if user.is_active:
            raise NotSuspended
        deletion.system_erase(user=user)
    deletion.system_finish_deletion(user_id=user_id)


def _to_decide_about(actor: Actor, user_id: int) -> User:
    """The person, locked together with the deciding admin, so that two admins cannot remove each other at once."""
    if not permissions.can_administer(actor):
        raise OnlyAdmins
    if actor.id == user_id:
        raise NotYourself
    ids = [user_id] if actor.id is None else [user_id, actor.id]
    rows = {row.pk: row for row in User.objects.select_for_update().filter(pk__in=ids).order_by("pk")}
    if actor.id is not None and not _is_still_admin(rows.get(actor.id)):
        raise OnlyAdmins
    if user_id not in rows or rows[user_id].deleted_at is not None:
        raise UserNotFound
    return rows[user_id]


def _is_still_admin(row: User | None) -> bool:
    return row is not None and row.is_active and row.role == UserRole.ADMIN


def _write(user: User, **values: object) -> User:
    for name, value in values.items():
        setattr(user, name, value)
    user.save(update_fields=[*values, "updated_at"])
    return user
