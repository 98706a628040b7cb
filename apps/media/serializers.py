"""The shapes of files on the wire."""

from typing import Any

from rest_framework import serializers

from apps.media.models import FolderType, UploadStatus, Visibility
from apps.media.rules import paths
from ghar.api.fields import JSONObject
from ghar.api.pages import PageIn

MOST_FILES = 20
BIGGEST = 2**63 - 1
PLACE = rf"^{paths.ID.pattern}$"


class _Place(serializers.RegexField):
    """The id of a listing, a tour or a scene."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(PLACE, required=False, allow_null=True, allow_blank=True, **kwargs)


class _Upload(serializers.Serializer[Any]):
    folder = serializers.CharField(
        required=False, allow_blank=True, default="uploads", max_length=255, help_text="Ignored; see `folder_type`."
    )
    tour_id = _Place()
    visibility = serializers.ChoiceField(choices=Visibility.choices, required=False, default=Visibility.PRIVATE)


class UploadIn(_Upload):
    """One file."""

    file = serializers.FileField(max_length=1000)


class UploadBatchIn(_Upload):
    """Some files."""

    files = serializers.ListField(child=serializers.FileField(max_length=1000), min_length=1, max_length=MOST_FILES)


class AvatarIn(serializers.Serializer[Any]):
    """A picture of oneself."""

    file = serializers.FileField(max_length=1000)


class RenditionOut(serializers.Serializer[Any]):
    """What the platform made of a picture."""

    kind = serializers.CharField()
    url = serializers.CharField()
    mime_type = serializers.CharField()
    width = serializers.IntegerField()
    height = serializers.IntegerField()
    file_size = serializers.IntegerField()


class MediaFileOut(serializers.Serializer[Any]):
    """A file. Addresses of private files end after a while: ask again rather than keep them."""

    id = serializers.CharField()
    media_id = serializers.CharField(help_text="The same as `id`.")
    user_id = serializers.IntegerField()
    tour_id = serializers.CharField(allow_null=True)
    filename = serializers.CharField()
    original_filename = serializers.CharField(allow_null=True)
    file_url = serializers.CharField()
    public_url = serializers.CharField(help_text="The same as `file_url`.")
    thumbnail_url = serializers.CharField(allow_null=True)
    cdn_url = serializers.CharField(allow_null=True)
    file_size = serializers.IntegerField(help_text="Bytes of what is stored.")
    mime_type = serializers.CharField(help_text="Of what is stored; pictures are stored as WebP.")
    width = serializers.IntegerField(allow_null=True)
    height = serializers.IntegerField(allow_null=True)
    duration = serializers.IntegerField(allow_null=True)
    folder = serializers.CharField(allow_null=True)
    visibility = serializers.ChoiceField(choices=Visibility.choices)
    is_processed = serializers.BooleanField()
    processing_metadata = JSONObject(allow_null=True)
    blurhash = serializers.CharField(allow_null=True)
    renditions = RenditionOut(many=True)
    created_at = serializers.DateTimeField()
    expires_at = serializers.DateTimeField(allow_null=True)
    upload_status = serializers.ChoiceField(choices=UploadStatus.choices, allow_null=True)
    bucket_name = serializers.CharField(allow_null=True)
    storage_path = serializers.CharField(allow_null=True)


class UploadOut(serializers.Serializer[Any]):
    """A file that was kept."""

    id = serializers.CharField()
    media_id = serializers.CharField()
    file_path = serializers.CharField()
    public_url = serializers.CharField()
    file_type = serializers.CharField()
    file_size = serializers.IntegerField()
    content_type = serializers.CharField()
    original_filename = serializers.CharField(allow_null=True)
    media = MediaFileOut()


class UploadBatchOut(serializers.Serializer[Any]):
    """The files that were kept."""

    items = UploadOut(many=True)


class PresignedUploadItemIn(serializers.Serializer[Any]):
    """A file that the client will send by itself."""

    filename = serializers.CharField(max_length=1000)
    content_type = serializers.CharField(required=False, allow_null=True, allow_blank=True, max_length=255)
    file_size = serializers.IntegerField(required=False, allow_null=True, min_value=-BIGGEST, max_value=BIGGEST)
    folder_type = serializers.ChoiceField(choices=FolderType.choices, required=False, default=FolderType.GENERIC)
    property_id = serializers.IntegerField(required=False, allow_null=True, min_value=1, max_value=BIGGEST)
    tour_id = _Place()
    scene_id = _Place()
    visibility = serializers.ChoiceField(
        choices=Visibility.choices, required=False, allow_null=True, default=Visibility.PRIVATE
    )
    folder = serializers.CharField(required=False, allow_null=True, allow_blank=True, max_length=255)


class PresignedUploadIn(serializers.Serializer[Any]):
    """Files that the client will send by itself."""

    files = serializers.ListField(child=PresignedUploadItemIn(), min_length=1, max_length=MOST_FILES)


class PresignedUploadItemOut(serializers.Serializer[Any]):
    """Where a file goes: `method` is POST with a form whose field is `file`, or PUT with the file as the body."""

    upload_id = serializers.CharField()
    signed_url = serializers.CharField()
    method = serializers.ChoiceField(choices=["POST", "PUT"])
    headers = serializers.DictField(child=serializers.CharField(), help_text="To be sent with it as they are.")
    token = serializers.CharField()
    api_key = serializers.CharField(allow_null=True)
    timestamp = serializers.IntegerField(allow_null=True)
    public_id = serializers.CharField(allow_null=True)
    path = serializers.CharField()
    public_url = serializers.CharField()


class PresignedUploadOut(serializers.Serializer[Any]):
    """An address for each file."""

    items = PresignedUploadItemOut(many=True)


class DirectUploadOut(serializers.Serializer[Any]):
    """The file has come; `POST /upload/confirm/{upload_id}` keeps it."""

    upload_id = serializers.CharField()
    public_id = serializers.CharField()
    bytes = serializers.IntegerField()


class UploadConfirmOut(serializers.Serializer[Any]):
    """A file that was looked at and kept."""

    media = MediaFileOut()
    message = serializers.CharField()


class MediaListIn(PageIn):
    """Which of one's files."""

    tour_id = serializers.CharField(required=False, allow_null=True, max_length=36)
    folder = serializers.CharField(required=False, allow_null=True, max_length=255)
    mime_type = serializers.CharField(required=False, allow_null=True, max_length=100)
    visibility = serializers.CharField(required=False, allow_null=True, max_length=20)
    is_processed = serializers.BooleanField(required=False, allow_null=True)
    upload_status = serializers.CharField(required=False, allow_null=True, max_length=20)


class MediaUpdateIn(serializers.Serializer[Any]):
    """What an owner writes of a file: only the fields that are present."""

    thumbnail_url = serializers.URLField(required=False, allow_null=True, max_length=512)
    cdn_url = serializers.URLField(required=False, allow_null=True, max_length=512)
    visibility = serializers.ChoiceField(
        choices=Visibility.choices, required=False, allow_null=True, help_text="Null leaves it as it is."
    )
    is_processed = serializers.BooleanField(required=False, allow_null=True, help_text="Null leaves it as it is.")
    processing_metadata = JSONObject(required=False, allow_null=True)
    expires_at = serializers.DateTimeField(
        required=False, allow_null=True, help_text="When the file is removed by itself; null for never."
    )


class BatchDeleteIn(serializers.Serializer[Any]):
    """Files by id or address."""

    media_ids = serializers.ListField(child=serializers.CharField(max_length=2000), min_length=1, max_length=50)


class BatchDeleteOut(serializers.Serializer[Any]):
    """What became of each, as it was named."""

    deleted = serializers.ListField(child=serializers.CharField())
    failed = serializers.ListField(child=serializers.CharField())
    storage_warnings = serializers.ListField(child=serializers.CharField())
