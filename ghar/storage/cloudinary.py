"""Files at Cloudinary, by its upload and admin APIs (https://cloudinary.com/documentation/image_upload_api_reference).

Renditions are the platform's own work, so pictures and documents are kept there as they are (`raw`); films and sounds
as `video`, which may be larger. Public files have the type `upload`, private ones `private`.
"""

import hashlib
import time
from collections.abc import Iterator
from datetime import datetime
from io import BytesIO
from typing import Any, BinaryIO

import httpx2
from django.conf import settings

from ghar import http
from ghar.storage.port import FileMissing, Space, StorageFailed, Stored, Target, checked

API = "https://api.cloudinary.com"
DELIVERY = "https://res.cloudinary.com"
_FILMS = frozenset({"mp4", "mov", "webm", "mkv", "ogv", "mp3", "wav", "ogg", "aac", "m4a", "weba"})
_OPEN_S = 60


class CloudinaryStorage:
    """What is private is read by signed addresses that end; what clients send passes through the platform."""

    name = "cloudinary"

    def save(self, space: Space, path: str, data: BinaryIO, *, content_type: str) -> None:
        """Write a file."""
        kind, public_id = _place(path)
        form = _signed({"public_id": public_id, "type": _type(space), "overwrite": "true", "invalidate": "true"})
        files = {"file": (path.rpartition("/")[2], data, content_type)}
        _expect_success(_ask("POST", f"/{kind}/upload", data=form, files=files))

    def open(self, space: Space, path: str) -> BinaryIO:
        """Read a file."""
        address = self.url(path) if space is Space.PUBLIC else _download(path, _OPEN_S)
        answer = _send("GET", address, follow_redirects=True)
        if answer.status_code in (httpx2.codes.NOT_FOUND, httpx2.codes.UNAUTHORIZED):
            raise FileMissing(path)
        _expect_success(answer)
        return BytesIO(answer.content)

    def find(self, space: Space, path: str) -> Stored | None:
        """Size and time of a file."""
        kind, public_id = _place(path)
        answer = _administer(f"/resources/{kind}/{_type(space)}/{public_id}")
        if answer.status_code == httpx2.codes.NOT_FOUND:
            return None
        return _stored(_expect_success(answer).json())

    def delete(self, space: Space, path: str) -> None:
        """Remove a file."""
        kind, public_id = _place(path)
        form = _signed({"public_id": public_id, "type": _type(space), "invalidate": "true"})
        _expect_success(_ask("POST", f"/{kind}/destroy", data=form))

    def walk(self, space: Space, prefix: str) -> Iterator[Stored]:
        """Every file below a prefix."""
        for kind in ("raw", "video"):
            cursor: str | None = ""
            while cursor is not None:
                wanted = {"prefix": f"{checked(prefix)}/", "max_results": 500, "next_cursor": cursor}
                answer = _administer(f"/resources/{kind}/{_type(space)}", params=wanted)
                page = _expect_success(answer).json()
                yield from map(_stored, page["resources"])
                cursor = page.get("next_cursor")

    def url(self, path: str) -> str:
        """Where it is delivered."""
        kind, _ = _place(path)
        return f"{DELIVERY}/{settings.CLOUDINARY_CLOUD_NAME}/{kind}/upload/{path}"

    def link(self, path: str, *, seconds: int, download_as: str) -> str | None:
        """A signed address."""
        return _download(path, seconds)

    def target(self, path: str, *, content_type: str, size: int | None, seconds: int) -> Target | None:
        """Through the platform: what a client sends itself would be public before anybody looked at it."""
        return None


def _place(path: str) -> tuple[str, str]:
    """Resource type and public id; a film's id has no extension."""
    stem, _, extension = checked(path).rpartition(".")
    return ("video", stem) if extension in _FILMS else ("raw", path)


def _type(space: Space) -> str:
    return "upload" if space is Space.PUBLIC else "private"


def _signed(params: dict[str, str]) -> dict[str, str]:
    """The parameters with timestamp, signature and key."""
    given = {name: value for name, value in params.items() if value} | {"timestamp": str(int(time.time()))}
    text = "&".join(f"{name}={given[name]}" for name in sorted(given)) + settings.CLOUDINARY_API_SECRET
    signature = hashlib.sha1(text.encode(), usedforsecurity=False).hexdigest()
    return {**given, "signature": signature, "api_key": settings.CLOUDINARY_API_KEY}


def _download(path: str, seconds: int) -> str:
    kind, public_id = _place(path)
    wanted = {"public_id": public_id, "type": "private", "expires_at": str(int(time.time()) + seconds)}
    if kind == "video":
        wanted["format"] = path.rpartition(".")[2]
    return str(httpx2.URL(_address(f"/{kind}/download"), params=_signed(wanted)))


def _address(path: str) -> str:
    return f"{API}/v1_1/{settings.CLOUDINARY_CLOUD_NAME}{path}"


def _administer(path: str, **rest: Any) -> httpx2.Response:
    return _ask("GET", path, auth=(settings.CLOUDINARY_API_KEY, settings.CLOUDINARY_API_SECRET), **rest)


def _ask(method: str, path: str, **rest: Any) -> httpx2.Response:
    return _send(method, _address(path), **rest)


def _send(method: str, address: str, **rest: Any) -> httpx2.Response:
    try:
        return http.client("storage", timeout_s=60).request(method, address, **rest)
    except httpx2.HTTPError as fault:
        raise StorageFailed from fault


def _expect_success(answer: httpx2.Response) -> httpx2.Response:
    if not answer.is_success:
        raise StorageFailed
    return answer


def _stored(about: dict[str, Any]) -> Stored:
    path = about["public_id"]
    if about.get("resource_type") == "video":
        path = f"{path}.{about['format']}"
    return Stored(path, about["bytes"], datetime.fromisoformat(about["created_at"]))
