"""Where files are read and sent to: public addresses, and signed ones that end."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.utils.crypto import constant_time_compare, salted_hmac

from apps.media.models import Visibility
from apps.media.rules import paths
from ghar import clock
from ghar.errors import NotAllowed
from ghar.storage import port

READ, SEND = "read", "send"
_STEP_S = 600  # links of one file stay the same for ten minutes, so that clients find it in their caches


class LinkRefused(NotAllowed):
    """The link has run out, or nobody signed it."""

    code = "LINK_REFUSED"
    message = "This link is not valid any more."


def shown(row: dict[str, Any]) -> dict[str, Any]:
    """A row as it goes out, with addresses that its reader can use."""
    renditions = [
        {**{name: value for name, value in one.items() if name != "path"}, "url": address(row, one["path"])}
        for one in row["renditions"]
    ]
    made = {one["kind"]: one["url"] for one in renditions}
    url = address(row, row["storage_path"])
    return row | {
        "media_id": row["id"],
        "file_url": url,
        "public_url": url,
        "thumbnail_url": row["thumbnail_url"] or made.get("thumbnail"),
        "renditions": renditions,
    }


def address(row: dict[str, Any], path: str) -> str:
    """Of one file of a row."""
    if row["visibility"] == Visibility.PUBLIC:
        return port.named(row["bucket_name"]).url(path)
    name = path.rpartition("/")[2]
    expires = _until(lasting())
    signature = sign(READ, f"{row['id']}/{name}", expires)
    base = f"{settings.PUBLIC_BASE_URL}/api/v1/upload/files/{row['id']}/{name}"
    return f"{base}?expires={expires}&signature={signature}"


def addressable(source: str, media_id: str, condition: str) -> str:
    """The SQL of the complete files that another area's rows name, as JSON whose entries `address` takes.

    `media_id` names the file in `source` (a table with an alias), where `condition` holds.
    """
    keys = ", ".join(f"'{name}', m.{name}" for name in ("id", "visibility", "bucket_name", "storage_path"))
    return (
        f"(SELECT coalesce(json_agg(json_build_object({keys}) ORDER BY m.created_at, m.id), '[]') "  # noqa: S608
        f"FROM {source} JOIN media_files m ON m.id = {media_id} WHERE {condition} AND m.upload_status = 'complete')"
    )


def sending_address(media_id: UUID) -> tuple[str, str, int]:
    """Where the platform takes a file itself, with the signature in it and when it ends (unix seconds)."""
    expires = _until(lasting())
    signature = sign(SEND, str(media_id), expires)
    base = f"{settings.PUBLIC_BASE_URL}/api/v1/upload/direct/{media_id}"
    return f"{base}?expires={expires}&signature={signature}", signature, expires


def sign(purpose: str, what: str, expires: int) -> str:
    """The signature of one use of one thing until a moment."""
    return salted_hmac("ghar.media", f"{purpose}:{what}:{expires}", algorithm="sha256").hexdigest()


def check(purpose: str, what: str, *, expires: str, signature: str) -> None:
    """Raises LinkRefused unless the platform signed exactly this and it has not ended."""
    is_number = expires.isascii() and expires.isdigit() and len(expires) < 13
    if not is_number or not constant_time_compare(signature, sign(purpose, what, int(expires))):
        raise LinkRefused
    if int(expires) < clock.now().timestamp():
        raise LinkRefused


def lasting() -> int:
    """How many seconds a link may be used."""
    return int(settings.MEDIA_LINK_SECONDS)


def _until(seconds: int) -> int:
    return (int(clock.now().timestamp()) // _STEP_S + 1) * _STEP_S + seconds


def named_by(address: str) -> tuple[str, str]:
    """What an address of ours names: ("id", ...) of a private file, ("key", ...) of a public one, else ("", "")."""
    plain = address.partition("?")[0]
    private = f"{settings.PUBLIC_BASE_URL}/api/v1/upload/files/"
    if plain.startswith(private):
        return "id", plain.removeprefix(private).partition("/")[0]
    public = port.current().url(paths.ROOT)
    return ("key", paths.key_of(paths.ROOT + plain.removeprefix(public))) if plain.startswith(public) else ("", "")
