"""Reads of app versions."""

from dataclasses import dataclass
from datetime import datetime

from apps.support.models import AppVersion
from apps.support.rules import versions as rules
from ghar.actors import Actor
from ghar.db.json_rows import Pick, Shape
from ghar.db.keyset import Key, Order, whole_number
from ghar.db.listing import Listing
from ghar.errors import Invalid, NotFound

_COLUMNS = (
    "id", "app", "platform", "version", "build_number", "release_notes", "download_url", "is_mandatory", "is_active",
    "min_supported_version", "created_at", "updated_at",
)  # fmt: skip
_SHAPE = Shape(source="app_versions v WHERE v.id = page.id", keys={name: f"v.{name}" for name in _COLUMNS})
_NEWEST = Order(
    "newest",
    (Key("created_at", "app_versions.created_at", datetime.fromisoformat), Key("id", "app_versions.id", whole_number)),
    descending=True,
)


class VersionNotFound(NotFound):
    """There is no such app version."""

    code = "APP_VERSION_NOT_FOUND"

    def __init__(self, version_id: int) -> None:
        super().__init__(f"App version with ID {version_id} not found")


@dataclass(frozen=True)
class VersionCheck:
    """What a client is told of its version; all but the first two are the newest release's."""

    update_available: bool = False
    is_mandatory: bool = False
    latest_version: str | None = None
    download_url: str | None = None
    release_notes: str | None = None
    min_supported_version: str | None = None


def list_versions(
    actor: Actor, *, app: str | None = None, platform: str | None = None, is_active: bool | None = None
) -> Listing:
    """The releases, the last entered first."""
    pick = Pick("app_versions")
    for name, wanted in (("app", app), ("platform", platform), ("is_active", is_active)):
        if wanted is not None:
            pick.where(f"app_versions.{name} = %({name})s", **{name: wanted})
    return Listing(pick=pick, shape=_SHAPE, order=_NEWEST)


def check_version(*, app: str, platform: str, current_version: str, build_number: int | None = None) -> VersionCheck:
    """What a client on `current_version` is told. Raises Invalid for a version that cannot be read."""
    releases = list(AppVersion.objects.filter(app=app, platform=platform, is_active=True))
    try:
        verdict = rules.verdict(releases, current_version, build_number)
    except rules.Unreadable as wrong:
        raise Invalid.field("current_version", "Must begin with numbers, for instance 2.4.1.") from wrong
    latest = rules.newest(releases)
    if latest is None:
        return VersionCheck()
    return VersionCheck(
        verdict.update_available,
        verdict.is_mandatory,
        latest.version,
        latest.download_url,
        latest.release_notes,
        latest.min_supported_version,
    )
