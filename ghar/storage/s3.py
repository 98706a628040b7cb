"""Files in one bucket of an S3-compatible service: below `public/`, which a policy opens to readers, and `private/`."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from typing import Any, BinaryIO, cast

import boto3
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError
from django.conf import settings

from ghar.storage.port import FileMissing, Space, StorageFailed, Stored, Target, checked

_ABSENT = frozenset({"404", "NoSuchKey", "NotFound"})
_CACHED = "public, max-age=31536000, immutable"


@contextmanager
def _failing_clearly() -> Iterator[None]:
    try:
        yield
    except ClientError as refused:
        if refused.response.get("Error", {}).get("Code") in _ABSENT:
            raise FileMissing(str(refused)) from refused
        raise StorageFailed from refused
    except BotoCoreError as fault:
        raise StorageFailed from fault


class S3Storage:
    """Clients send their files to the bucket themselves, and read private ones there, by signed addresses."""

    name = "s3"

    @cached_property
    def _client(self) -> Any:
        return boto3.client(
            "s3",
            endpoint_url=settings.S3_ENDPOINT_URL or None,
            region_name=settings.S3_REGION,
            aws_access_key_id=settings.S3_ACCESS_KEY_ID or None,
            aws_secret_access_key=settings.S3_SECRET_ACCESS_KEY or None,
            config=Config(
                signature_version="s3v4",
                connect_timeout=5,
                read_timeout=30,
                retries={"max_attempts": 3, "mode": "standard"},
                s3={"addressing_style": "path" if settings.S3_ENDPOINT_URL else "auto"},
                request_checksum_calculation="when_required",  # others than Amazon's know no newer checksums
                response_checksum_validation="when_required",
            ),
        )

    def save(self, space: Space, path: str, data: BinaryIO, *, content_type: str) -> None:
        """Write a file."""
        extra = {"CacheControl": _CACHED} if space is Space.PUBLIC else {}
        with _failing_clearly():
            self._client.put_object(**_key(space, path), Body=data, ContentType=content_type, **extra)

    def open(self, space: Space, path: str) -> BinaryIO:
        """Read a file."""
        with _failing_clearly():
            return cast("BinaryIO", self._client.get_object(**_key(space, path))["Body"])

    def find(self, space: Space, path: str) -> Stored | None:
        """Size and time of a file."""
        try:
            with _failing_clearly():
                about = self._client.head_object(**_key(space, path))
        except FileMissing:
            return None
        return Stored(path, about["ContentLength"], about["LastModified"])

    def delete(self, space: Space, path: str) -> None:
        """Remove a file."""
        with _failing_clearly():
            self._client.delete_object(**_key(space, path))

    def walk(self, space: Space, prefix: str) -> Iterator[Stored]:
        """Every file below a prefix."""
        begin = f"{space}/"
        pages = self._client.get_paginator("list_objects_v2")
        with _failing_clearly():
            for page in pages.paginate(Bucket=settings.S3_BUCKET, Prefix=f"{begin}{checked(prefix)}/"):
                for found in page.get("Contents", []):
                    yield Stored(found["Key"].removeprefix(begin), found["Size"], found["LastModified"])

    def url(self, path: str) -> str:
        """At S3_PUBLIC_URL (a CDN, for instance), else in the bucket."""
        base = settings.S3_PUBLIC_URL.rstrip("/") or f"{self._client.meta.endpoint_url}/{settings.S3_BUCKET}/public"
        return f"{base}/{checked(path)}"

    def link(self, path: str, *, seconds: int, download_as: str) -> str | None:
        """A signed address."""
        params = {**_key(Space.PRIVATE, path), "ResponseContentDisposition": f'attachment; filename="{download_as}"'}
        return self._sign("get_object", params, seconds)

    def target(self, path: str, *, content_type: str, size: int | None, seconds: int) -> Target | None:
        """A signed address that takes this type alone and, where the size was told, these many bytes alone."""
        params = {**_key(Space.PRIVATE, path), "ContentType": content_type}
        if size is not None:
            params["ContentLength"] = size
        return Target(self._sign("put_object", params, seconds), "PUT", {"Content-Type": content_type})

    def _sign(self, what: str, params: dict[str, Any], seconds: int) -> str:
        with _failing_clearly():
            return str(self._client.generate_presigned_url(what, Params=params, ExpiresIn=seconds))


def _key(space: Space, path: str) -> dict[str, Any]:
    return {"Bucket": settings.S3_BUCKET, "Key": f"{space}/{checked(path)}"}
