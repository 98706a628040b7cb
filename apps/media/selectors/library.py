"""Reads of people's own files."""

from datetime import datetime
from typing import Any
from uuid import UUID

from apps.media import permissions
from apps.media.models import MediaFile, UploadStatus
from apps.media.selectors import links
from ghar import clock, dossiers
from ghar.actors import Actor
from ghar.db import json_rows
from ghar.db.json_rows import Pick, Shape
from ghar.db.keyset import Key, Order
from ghar.db.listing import Listing
from ghar.errors import NotFound
from ghar.storage.port import Space

_COLUMNS = (
    "id", "user_id", "tour_id", "original_filename", "thumbnail_url", "cdn_url", "file_size", "mime_type", "width",
    "height", "duration", "folder", "visibility", "is_processed", "processing_metadata", "blurhash", "renditions",
    "created_at", "expires_at", "upload_status", "bucket_name", "storage_path",
)  # fmt: skip
SHAPE = Shape(
    "media_files m WHERE m.id = page.id",
    {**{name: f"m.{name}" for name in _COLUMNS}, "filename": r"regexp_replace(m.storage_path, '^.*/', '')"},
)
FILTERS = ("tour_id", "folder", "mime_type", "visibility", "is_processed", "upload_status")


def _id(value: Any) -> str:
    if not isinstance(value, str):
        raise ValueError("not an id")  # noqa: TRY004 - a cursor's reader raises ValueError
    return str(UUID(value))


NEWEST = Order(
    "newest_media",
    (Key("created_at", "media_files.created_at", datetime.fromisoformat), Key("id", "media_files.id", _id)),
    descending=True,
)


class MediaNotFound(NotFound):
    """There is no such file, or it is somebody else's."""

    code = "MEDIA_NOT_FOUND"
    message = "Media not found"


def _readable() -> Pick:
    """What is neither being deleted nor past its end."""
    return Pick("media_files").where(
        "media_files.upload_status <> %(deleting)s "
        "AND (media_files.expires_at IS NULL OR media_files.expires_at > %(now)s)",
        deleting=str(UploadStatus.DELETING),
        now=clock.now(),
    )


def list_my_media(actor: Actor, filters: dict[str, Any]) -> Listing:
    """The actor's files, the newest first; `filters` are exact, None lets everything pass."""
    pick = _readable().where("media_files.user_id = %(owner)s", owner=actor.id)
    for name in FILTERS:
        if filters.get(name) is not None:
            pick.where(f"media_files.{name} = %({name})s", **{name: filters[name]})
    return Listing(pick, SHAPE, NEWEST)


def get_media(actor: Actor, media_id: str) -> dict[str, Any]:
    """One of the actor's files as it goes out. Raises MediaNotFound."""
    pick = _readable().where("media_files.user_id = %(owner)s", owner=actor.id)
    rows = json_rows.render(pick.where("media_files.id = %(id)s", id=as_id(media_id)), SHAPE, limit=1)
    if not rows:
        raise MediaNotFound
    return links.shown(json_rows.decode(rows[0]))


def get_own_row(actor: Actor, media_id: str) -> MediaFile:
    """The row behind it. Raises MediaNotFound."""
    own = MediaFile.objects.filter(permissions.visible_to(actor)).exclude(upload_status=UploadStatus.DELETING)
    row = own.filter(pk=as_id(media_id)).first()
    if row is None:
        raise MediaNotFound
    return row


def get_row(media_id: UUID) -> MediaFile:
    """Somebody's row as it is now. Raises MediaNotFound."""
    row = MediaFile.objects.filter(pk=media_id).exclude(upload_status=UploadStatus.DELETING).first()
    if row is None:
        raise MediaNotFound
    return row


def get_pending_row(media_id: UUID) -> MediaFile:
    """A row whose file has not come yet. Raises MediaNotFound."""
    row = MediaFile.objects.filter(pk=media_id, upload_status=UploadStatus.PENDING).first()
    if row is None:
        raise MediaNotFound
    return row


def get_file(media_id: UUID, name: str) -> tuple[MediaFile, str]:
    """A complete row and the path of its file, or rendition, of that name. Raises MediaNotFound."""
    row = MediaFile.objects.filter(pk=media_id, upload_status=UploadStatus.COMPLETE).first()
    if row is None or (row.expires_at is not None and row.expires_at <= clock.now()):
        raise MediaNotFound
    found = [path for path in paths_of(row) if path.rpartition("/")[2] == name]
    if not found:
        raise MediaNotFound
    return row, found[0]


def paths_of(row: MediaFile) -> list[str]:
    """Its own file and its renditions."""
    return [row.storage_path, *(one["path"] for one in row.renditions)]


def space_of(row: MediaFile) -> Space:
    """Where its files are."""
    return Space(row.visibility)


def find_own_ids(actor: Actor, named: list[str]) -> dict[str, UUID]:
    """Of ids and addresses, as given, those that name files of the actor, with their ids."""
    meant = {text: _meant(text) for text in named}
    ids = {value for kind, value in meant.values() if kind == "id"}
    keys = {value for kind, value in meant.values() if kind == "key"}
    own = MediaFile.objects.filter(permissions.visible_to(actor)).exclude(upload_status=UploadStatus.DELETING)
    by_id = {str(pk): pk for pk in own.filter(pk__in=ids).values_list("pk", flat=True)}
    by_key = dict(own.filter(key__in=keys).values_list("key", "pk"))
    known = {text: {"id": by_id, "key": by_key}.get(kind, {}).get(value) for text, (kind, value) in meant.items()}
    return {text: pk for text, pk in known.items() if pk is not None}


def _meant(text: str) -> tuple[str, str]:
    kind, value = ("id", text) if "/" not in text else links.named_by(text)
    if kind != "id":
        return kind, value
    try:
        return "id", str(UUID(value))
    except ValueError:
        return "", ""


def as_id(text: str) -> UUID:
    """The id that a text spells. Raises MediaNotFound."""
    try:
        return UUID(text)
    except ValueError as wrong:
        raise MediaNotFound from wrong


@dossiers.section("files")
def list_files_of(user: Any, most: int) -> dossiers.Rows:
    """What a person has uploaded."""
    files = MediaFile.objects.filter(user=user).order_by("-created_at", "-pk")
    return list(files.values("id", "original_filename", "mime_type", "file_size", "visibility", "created_at")[:most])
