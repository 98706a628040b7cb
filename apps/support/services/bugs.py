"""Bug reports and what becomes of them."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction

from apps.accounts import selectors as people
from apps.media.services import uploads
from apps.media.services.taking import Given
from apps.support import permissions
from apps.support.models import BugReport, BugStatus
from apps.support.selectors import bugs as selectors
from apps.support.services import refusals
from ghar import clock
from ghar.actors import Actor
from ghar.errors import Invalid


def report_bug(*, actor: Actor, **values: Any) -> BugReport:
    """Note what the actor found wrong; it is open."""
    return BugReport.objects.create(user=actor.user, **values)


def report_bug_with_files(*, actor: Actor, files: Sequence[Given], **values: Any) -> BugReport:
    """The same with files, which only whoever sees the report can read: all of them, or there is no report.

    They are the reporter's like any other upload, and go when the reporter removes them. Raises what
    `uploads.upload_files` raises.
    """
    kept = uploads.upload_files(actor=actor, files=files, visibility="private")
    with transaction.atomic():
        bug = report_bug(actor=actor, **values)
        bug.attachments.set(kept)
    return bug


@transaction.atomic
def update_bug(*, actor: Actor, bug_id: int, changes: Mapping[str, Any]) -> BugReport:
    """Write the given fields; the reporter may write the resolution only.

    Raises BugNotFound, BugOfAnother, OnlyResolution, and Invalid for somebody who is no staff.
    """
    bug = _locked(actor, bug_id)
    given = {name: value for name, value in changes.items() if value is not None or name != "status"}
    if not permissions.can_settle(actor):
        _insist_on_resolution(given)
        given = {"resolution": given["resolution"]}
    if given.get("assigned_to") is not None:
        _insist_on_staff(given["assigned_to"])
    _write(bug, given)
    return bug


def resolve_bug(*, actor: Actor, bug_id: int) -> BugReport:
    """It is resolved. Raises what update_bug raises."""
    return update_bug(actor=actor, bug_id=bug_id, changes={"status": BugStatus.RESOLVED})


def close_bug(*, actor: Actor, bug_id: int) -> BugReport:
    """Nothing more will be done about it. Raises what update_bug raises."""
    return update_bug(actor=actor, bug_id=bug_id, changes={"status": BugStatus.CLOSED})


def take_bug(*, actor: Actor, bug_id: int) -> BugReport:
    """The actor looks after it. Raises what update_bug raises."""
    return update_bug(actor=actor, bug_id=bug_id, changes={"status": BugStatus.IN_PROGRESS, "assigned_to": actor.id})


def _locked(actor: Actor, bug_id: int) -> BugReport:
    bug = BugReport.objects.select_for_update().filter(pk=bug_id).first()
    if bug is None:
        raise selectors.BugNotFound(bug_id)
    selectors.insist_on_sight(actor, bug.user_id)
    return bug


def _insist_on_resolution(given: Mapping[str, Any]) -> None:
    """Clients send whole forms, so what is null counts as not given."""
    named = {name for name, value in given.items() if value is not None}
    if named != {"resolution"} or not given["resolution"].strip():
        raise refusals.OnlyResolution


def _insist_on_staff(user_id: int) -> None:
    person = people.find_active_person(user_id)
    if person is None or not Actor.of(person).is_staff:
        raise Invalid.field("assigned_to", "Must be an agent or an admin.")


def _write(bug: BugReport, given: Mapping[str, Any]) -> None:
    for name, value in given.items():
        setattr(bug, "assigned_to_id" if name == "assigned_to" else name, value)
    if bug.status == BugStatus.RESOLVED and bug.resolved_at is None:
        bug.resolved_at = clock.now()
    bug.save()
