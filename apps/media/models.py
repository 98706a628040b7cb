"""Files that people have uploaded."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q

from ghar.models import Timestamped, choices_check


class FolderType(models.TextChoices):
    """What a file is for; `rules.paths` says where it goes."""

    AVATAR = "avatar", "Avatar"
    PROPERTY_IMAGE = "property_image", "Picture of a listing"
    PROPERTY_VIDEO = "property_video", "Film of a listing"
    PROPERTY_DOCUMENT = "property_document", "Document of a listing"
    TOUR = "tour", "Tour"
    SCENE = "scene", "Scene of a tour"
    DOCUMENT_LEASE = "document_lease", "Lease"
    DOCUMENT_MAINTENANCE = "document_maintenance", "Maintenance document"
    DOCUMENT_GENERAL = "document_general", "Document"
    GENERIC = "generic", "Anything"


class Visibility(models.TextChoices):
    PUBLIC = "public", "Public"
    PRIVATE = "private", "Private"


class UploadStatus(models.TextChoices):
    """`DELETING` is a row whose files are being removed; nobody is shown it."""

    PENDING = "pending", "Pending"
    COMPLETE = "complete", "Complete"
    FAILED = "failed", "Failed"
    DELETING = "deleting", "Being deleted"


class MediaFile(Timestamped):
    """One file and its renditions. The row is written before the file and goes after it, so no file is without one.

    `storage_path` is where the file is in the storage called `bucket_name`, in the space of its visibility; `key` is
    the same without extension, and what the paths of all its renditions begin with. A pending file lies elsewhere,
    privately, until it has been looked at (`rules.paths.incoming`). `renditions` is what the platform made of a
    picture: `{"kind", "path", "mime_type", "width", "height"}` each. `processing_metadata`, `thumbnail_url`,
    `cdn_url` and `is_processed` may be written by clients, and nothing here relies on them.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="media_files")
    tour_id = models.CharField(max_length=36, null=True, blank=True)
    folder_type = models.CharField(max_length=24, choices=FolderType, default=FolderType.GENERIC)
    folder = models.CharField(max_length=255)
    key = models.CharField(max_length=480, unique=True)
    storage_path = models.CharField(max_length=512)
    bucket_name = models.CharField(max_length=100)
    original_filename = models.CharField(max_length=255, null=True, blank=True)
    mime_type = models.CharField(max_length=100)
    file_size = models.BigIntegerField(default=0)
    width = models.PositiveIntegerField(null=True, blank=True)
    height = models.PositiveIntegerField(null=True, blank=True)
    duration = models.PositiveIntegerField(null=True, blank=True)
    visibility = models.CharField(max_length=16, choices=Visibility, default=Visibility.PRIVATE)
    upload_status = models.CharField(max_length=16, choices=UploadStatus, default=UploadStatus.PENDING)

    thumbnail_url = models.CharField(max_length=512, null=True, blank=True)
    cdn_url = models.CharField(max_length=512, null=True, blank=True)
    is_processed = models.BooleanField(default=False)
    processing_metadata = models.JSONField(null=True, blank=True)
    blurhash = models.CharField(max_length=64, null=True, blank=True)
    renditions = models.JSONField(default=list, blank=True)
    render_due_at = models.DateTimeField(null=True, blank=True)
    render_attempts = models.PositiveSmallIntegerField(default=0)
    expires_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "media_files"
        constraints = [
            choices_check("folder_type", FolderType, name="media_files_folder_type_known"),
            choices_check("visibility", Visibility, name="media_files_visibility_known"),
            choices_check("upload_status", UploadStatus, name="media_files_status_known"),
            models.CheckConstraint(condition=Q(file_size__gte=0), name="media_files_size_is_one"),
            models.CheckConstraint(
                condition=Q(key__regex=r"^([A-Za-z0-9_-]+/)+[A-Za-z0-9_-]+$"), name="media_files_key_is_safe"
            ),
        ]
        indexes = [
            models.Index(fields=["user", "-created_at", "-id"], name="media_files_of_a_person"),
            models.Index(
                fields=["render_due_at"], condition=Q(render_due_at__isnull=False), name="media_files_to_render"
            ),
            models.Index(
                fields=["upload_status", "created_at"],
                condition=~Q(upload_status="complete"),
                name="media_files_unfinished",
            ),
            models.Index(fields=["expires_at"], condition=Q(expires_at__isnull=False), name="media_files_expiring"),
        ]

    def __str__(self) -> str:
        return self.original_filename or self.storage_path
