"""What people granted to apps: noted when it is used, and taken back."""

from datetime import timedelta

from django.db import transaction

from apps.oauth import permissions, selectors
from apps.oauth.models import Ending, Grant
from ghar import clock
from ghar.actors import Actor
from ghar.errors import Conflict

NOTED_EVERY = timedelta(minutes=5)
"""How exactly the last use of a grant is known. Noting every call would turn each read into a write."""


class GrantOver(Conflict):
    """The grant has ended already."""

    code = "GRANT_OVER"
    message = "This grant has ended already"


@transaction.atomic
def end_grant(*, actor: Actor, grant_id: int) -> Grant:
    """Take back what was granted to an app: one's own grant, an admin any. Its tokens are refused from now on.

    Raises GrantNotFound and GrantOver.
    """
    rows = Grant.objects.select_for_update(of=["self"]).select_related("client")
    grant = rows.filter(permissions.visible_to(actor), pk=grant_id).first()
    if grant is None:
        raise selectors.GrantNotFound
    if grant.ended_at is not None:
        raise GrantOver
    system_end(grant, Ending.REVOKED)
    return grant


def system_end(grant: Grant, ending: Ending) -> None:
    """Every token of it is refused from now on; the first reason is kept."""
    Grant.objects.filter(pk=grant.pk, ended_at=None).update(ended_at=clock.now(), ending=ending)


def system_note_use(grant: Grant) -> None:
    """An app acts under this grant at this moment."""
    now = clock.now()
    if grant.last_used_at is None or grant.last_used_at < now - NOTED_EVERY:
        Grant.objects.filter(pk=grant.pk).update(last_used_at=now)
