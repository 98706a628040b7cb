"""Uploaded files, for admins. What a private file holds is not shown here."""

from django.contrib import admin
from django.http import HttpRequest
from unfold.contrib.filters.admin import ChoicesDropdownFilter, RangeDateTimeFilter
from unfold.decorators import action

from apps.media.models import MediaFile
from apps.media.services import library
from ghar.admin import Screen, Staff
from ghar.asking import asks


@admin.register(MediaFile)
class MediaScreen(Screen):
    """Admins look and remove; files are uploaded by their people alone."""

    access = {"view": Staff.ADMINS, "add": Staff.NOBODY, "change": Staff.ADMINS, "delete": Staff.NOBODY}
    icon = "perm_media"
    list_display = ["original_filename", "user", "mime_type", "file_size", "visibility", "upload_status", "created_at"]
    list_select_related = ["user"]
    list_filter = [
        ("upload_status", ChoicesDropdownFilter),
        ("visibility", ChoicesDropdownFilter),
        ("folder_type", ChoicesDropdownFilter),
        ("created_at", RangeDateTimeFilter),
    ]
    search_fields = ["original_filename", "storage_path"]
    search_help_text = "Name or path"
    ordering = ["-created_at", "-id"]
    fields = [
        "user", "original_filename", "storage_path", "bucket_name", "visibility", "folder_type", "tour_id",
        "mime_type", "file_size", "width", "height", "upload_status", "is_processed", "blurhash", "renditions",
        "render_due_at", "render_attempts", "processing_metadata", "expires_at", "created_at", "updated_at",
    ]  # fmt: skip
    readonly_fields = fields
    actions_submit_line = ["remove_this"]

    @action(description="Remove for good", permissions=["change"])
    @asks("The file and its renditions are removed wherever they are shown. Nobody can undo it.")
    def remove_this(self, request: HttpRequest, media: MediaFile) -> None:
        """Remove the file with its renditions."""
        self.carry_out(request, [media], library.remove_media, key="media_id", done="removed")

    def store(self, request: HttpRequest, obj: MediaFile, form: object) -> None:
        """Nothing is typed here."""
