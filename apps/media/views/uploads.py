"""Files come in, over REST."""

from typing import Any
from uuid import UUID

from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request

from apps.accounts.serializers.people import UserOut
from apps.media import serializers
from apps.media.selectors import library, links
from apps.media.services import avatars, uploads
from apps.media.services.taking import Given
from apps.media.services.uploads import Announced, Reserved
from ghar.api.access import Access
from ghar.api.rendering import shown
from ghar.api.views import View, operation
from ghar.limits import Limit

Values = dict[str, Any]
UPLOAD: Any = {"access": Access.SIGNED_IN, "tags": ["upload"], "limit": Limit(120, 60), "refusals": uploads.REFUSALS}


def _given(file: Any, field: str = "file") -> Given:
    return Given(file=file, size=file.size, filename=file.name, content_type=file.content_type, field=field)


class _Uploads(View):
    def kept(self, media_id: UUID) -> Values:
        """A file that was kept."""
        media = library.get_media(self.actor, str(media_id))
        return {
            "id": media["id"],
            "media_id": media["id"],
            "file_path": media["storage_path"],
            "public_url": media["file_url"],
            "file_type": "generic_upload",
            "file_size": media["file_size"],
            "content_type": media["mime_type"],
            "original_filename": media["original_filename"],
            "media": media,
        }


class Upload(_Uploads):
    @operation("upload_file", **UPLOAD, body=serializers.UploadIn, answer=serializers.UploadOut, reads=MultiPartParser)
    def post(self, request: Request, body: Values) -> Values:
        """Keep a picture, sound or film.

        What it is, its content says. Pictures are stored upright as WebP, within 2048 pixels, without any data beside
        the picture; HEIC is taken. A thumbnail, an AVIF and a blurhash follow.
        """
        (row,) = uploads.upload_files(
            actor=self.actor,
            files=[_given(body["file"])],
            visibility=body["visibility"],
            tour_id=body.get("tour_id") or None,
        )
        return self.kept(row.pk)


class UploadBatch(_Uploads):
    @operation(
        "upload_batch",
        **UPLOAD,
        body=serializers.UploadBatchIn,
        answer=serializers.UploadBatchOut,
        reads=MultiPartParser,
    )
    def post(self, request: Request, body: Values) -> Values:
        """Keep several files: all of them, or none."""
        files = [_given(file, f"files.{position}") for position, file in enumerate(body["files"])]
        made = uploads.upload_files(
            actor=self.actor, files=files, visibility=body["visibility"], tour_id=body.get("tour_id") or None
        )
        return {"items": [self.kept(row.pk) for row in made]}


class Presigned(View):
    @operation("reserve_uploads", **UPLOAD, body=serializers.PresignedUploadIn, answer=serializers.PresignedUploadOut)
    def post(self, request: Request, body: Values) -> Values:
        """Get addresses to which the client sends files by itself; each is confirmed when it is there."""
        reserved = uploads.reserve_uploads(actor=self.actor, files=[_announced(item) for item in body["files"]])
        return {"items": [_reserved(self.actor, one) for one in reserved]}


def _announced(item: Values) -> Announced:
    ids = {name: item.get(name) for name in ("property_id", "tour_id", "scene_id")}
    return Announced(
        filename=item["filename"],
        content_type=item.get("content_type"),
        file_size=item.get("file_size"),
        folder_type=item["folder_type"],
        visibility=item["visibility"] or "private",
        ids={name: str(value) if value else None for name, value in ids.items()},
    )


def _reserved(actor: Any, reserved: Reserved) -> Values:
    media = library.get_media(actor, str(reserved.row.pk))
    return {
        "upload_id": media["id"],
        "signed_url": reserved.target.url,
        "method": reserved.target.method,
        "headers": reserved.target.headers,
        "token": reserved.token,
        "api_key": None,
        "timestamp": reserved.expires,
        "public_id": media["storage_path"],
        "path": media["storage_path"],
        "public_url": media["file_url"],
    }


class DirectUpload(View):
    def initial(self, request: Any, *args: Any, **kwargs: Any) -> None:
        """Check the signature before anything of the body is read."""
        super().initial(request, *args, **kwargs)
        given = request._request.GET
        links.check(
            links.SEND,
            str(kwargs["media_id"]),
            expires=given.get("expires", ""),
            signature=given.get("signature", ""),
        )

    @operation(
        "receive_upload",
        access=Access.KEYED,
        tags=["upload"],
        limit=Limit(120, 60),
        body=serializers.AvatarIn,
        answer=serializers.DirectUploadOut,
        reads=MultiPartParser,
        refusals=uploads.REFUSALS,
    )
    def post(self, request: Request, media_id: UUID, body: Values) -> Values:
        """Take a file at an address that `POST /upload/presigned` gave."""
        size = uploads.system_receive(media_id=media_id, given=_given(body["file"]))
        return {"upload_id": str(media_id), "public_id": str(media_id), "bytes": size}


class Confirm(View):
    @operation("confirm_upload", **UPLOAD, answer=serializers.UploadConfirmOut)
    def post(self, request: Request, upload_id: str) -> Values:
        """Look at a file that the client has sent by itself, and keep it. Twice is as good as once."""
        row = uploads.confirm_upload(actor=self.actor, upload_id=upload_id)
        media = library.get_media(self.actor, str(row.pk))
        return {"media": media, "message": "Upload confirmed successfully"}


class Avatar(View):
    @operation(
        "upload_avatar",
        access=Access.SIGNED_IN,
        tags=["users"],
        limit=Limit(30, 60),
        body=serializers.AvatarIn,
        answer=UserOut,
        reads=MultiPartParser,
        refusals=uploads.REFUSALS,
    )
    def post(self, request: Request, body: Values) -> Values:
        """Show a picture of oneself: any common format, stored as WebP within 512 pixels."""
        return shown(UserOut, avatars.upload_avatar(actor=self.actor, given=_given(body["file"])))
