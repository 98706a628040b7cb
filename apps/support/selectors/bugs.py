"""Reads of bug reports."""

from datetime import datetime
from typing import Any

from django.db.models import Count, Q

from apps.media.selectors import links
from apps.support import permissions
from apps.support.models import BugReport, BugStatus
from ghar import dossiers
from ghar.actors import Actor
from ghar.db import json_rows
from ghar.db.json_rows import Pick, Shape
from ghar.db.keyset import Key, Order, whole_number
from ghar.db.listing import Listing
from ghar.errors import NotAllowed, NotFound

_COLUMNS = (
    "id", "user_id", "source", "bug_type", "severity", "status", "title", "description", "steps_to_reproduce",
    "expected_behavior", "actual_behavior", "device_info", "app_version", "media_urls", "tags", "resolution",
    "resolved_at", "created_at", "updated_at",
)  # fmt: skip
_SHAPE = Shape(
    source="bug_reports b WHERE b.id = page.id",
    keys={
        **{name: f"b.{name}" for name in _COLUMNS},
        "assigned_to": "b.assigned_to_id",
        "attachments": links.addressable("bug_reports_attachments t", "t.mediafile_id", "t.bugreport_id = b.id"),
    },
)
_NEWEST = Order(
    "newest",
    (Key("created_at", "bug_reports.created_at", datetime.fromisoformat), Key("id", "bug_reports.id", whole_number)),
    descending=True,
)


class BugNotFound(NotFound):
    """There is no such bug report."""

    code = "BUG_REPORT_NOT_FOUND"

    def __init__(self, bug_id: int) -> None:
        super().__init__(f"Bug report with ID {bug_id} not found")


class BugOfAnother(NotAllowed):
    """The bug report is somebody else's."""

    code = "BUG_REPORT_OF_ANOTHER"
    message = "This bug report is somebody else's."


def list_bugs(
    actor: Actor, *, status: str | None = None, bug_type: str | None = None, severity: str | None = None
) -> Listing:
    """One's own reports, everybody's for admins, the newest first."""
    may_see, params = json_rows.condition(BugReport, permissions.visible_to(actor))
    pick = Pick("bug_reports").where(may_see, **params)
    for name, wanted in (("status", status), ("bug_type", bug_type), ("severity", severity)):
        if wanted is not None:
            pick.where(f"bug_reports.{name} = %({name})s", **{name: wanted})
    return Listing(pick=pick, shape=_SHAPE, order=_NEWEST)


def shown(row: dict[str, Any]) -> dict[str, Any]:
    """A report as it goes out: its files have addresses that end after a while, beside those that the client gave."""
    files = [links.address(file, file["storage_path"]) for file in row.pop("attachments")]
    return row | {"media_urls": [*(row["media_urls"] or []), *files] or row["media_urls"]}


def get_bug(actor: Actor, bug_id: int) -> dict[str, Any]:
    """One report as it goes out. Raises BugNotFound and BugOfAnother."""
    rows = json_rows.render(Pick("bug_reports").where("bug_reports.id = %(id)s", id=bug_id), _SHAPE, limit=1)
    if not rows:
        raise BugNotFound(bug_id)
    row = json_rows.decode(rows[0])
    insist_on_sight(actor, row["user_id"])
    return shown(row)


def list_file_addresses(bug: BugReport) -> list[tuple[str, str]]:
    """Address and name of each file of a report that was got already."""
    fields = ("id", "visibility", "bucket_name", "storage_path", "original_filename")
    files = bug.attachments.filter(upload_status="complete").order_by("created_at", "id").values(*fields)
    return [(links.address(file, file["storage_path"]), file["original_filename"] or "file") for file in files]


def insist_on_sight(actor: Actor, reporter_id: int | None) -> None:
    """Raises BugOfAnother unless the actor may see the report of that person."""
    if not permissions.can_see(actor, reporter_id):
        raise BugOfAnother


def waiting() -> Q:
    """Reports that wait for an end."""
    return Q(status__in=(BugStatus.OPEN, BugStatus.IN_PROGRESS))


def count_open_bugs(actor: Actor) -> dict[str, int]:
    """How many reports wait for an end, of those that the actor may see, by severity."""
    bugs = BugReport.objects.filter(permissions.visible_to(actor), waiting())
    return dict(bugs.order_by().values_list("severity").annotate(count=Count("pk")))


@dossiers.section("bug_reports")
def list_bugs_of(user: Any, most: int) -> dossiers.Rows:
    """What a person has reported."""
    bugs = BugReport.objects.filter(user=user).order_by("-created_at", "-pk")
    return list(bugs.values("id", "title", "description", "status", "severity", "resolution", "created_at")[:most])
