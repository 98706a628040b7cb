"""The shapes of support on the wire."""

from typing import Any

import orjson
from rest_framework import serializers
from rest_framework.fields import empty

from apps.support import models
from ghar.api.fields import JSONObject
from ghar.api.pages import PageIn as CursorIn

WORDS_MOST = 20_000
CONTENT_MOST = 500_000
TAGS_MOST = 50
FILES_MOST = 10
BIGGEST_ID = 2**63 - 1
BIGGEST_BUILD = 2**31 - 1


def _words(most: int = WORDS_MOST) -> serializers.CharField:
    """A text that may be left out, null or blank."""
    return serializers.CharField(required=False, allow_null=True, allow_blank=True, max_length=most)


def _optional(kind: type[Any], **options: Any) -> Any:
    """A field of an update: left out or null, it stays as it is."""
    return kind(required=False, allow_null=True, **options)


def _tags() -> serializers.ListField:
    word = serializers.CharField(max_length=models.TAG_MOST)
    return serializers.ListField(child=word, required=False, allow_null=True, max_length=TAGS_MOST)


def _flag(*, default: bool) -> serializers.BooleanField:
    return serializers.BooleanField(default=default)


# --- pages ---------------------------------------------------------------------------------------------------


class _PageName(serializers.RegexField):
    """A name that stands in an address, so without a slash."""

    default_error_messages = {"invalid": "Must not contain a slash."}

    def __init__(self, **options: Any) -> None:
        super().__init__(r"^[^/]+\Z", max_length=100, **options)


def _content(**options: Any) -> serializers.CharField:
    """As it is: blanks at its ends may matter."""
    return serializers.CharField(allow_blank=True, trim_whitespace=False, max_length=CONTENT_MOST, **options)


class PageIn(serializers.Serializer[Any]):
    """A page. HTML loses scripts and handlers."""

    unique_name = _PageName(help_text="Its name in addresses.")
    title = serializers.CharField(max_length=200)
    content = _content()
    format = serializers.ChoiceField(choices=models.PageFormat.choices, default=models.PageFormat.HTML.value)
    custom_config = JSONObject(required=False, allow_null=True)
    is_active = _flag(default=True)
    is_draft = _flag(default=False)
    is_private = _flag(default=True)


class PageUpdateIn(serializers.Serializer[Any]):
    """The given fields of a page."""

    title = _optional(serializers.CharField, max_length=200)
    content = _content(required=False, allow_null=True)
    format = _optional(serializers.ChoiceField, choices=models.PageFormat.choices)
    custom_config = JSONObject(required=False, allow_null=True)
    is_active = _optional(serializers.BooleanField)
    is_draft = _optional(serializers.BooleanField)
    is_private = _optional(serializers.BooleanField)


class PagesIn(CursorIn):
    """Which pages."""

    is_active = serializers.BooleanField(required=False)
    is_draft = serializers.BooleanField(required=False)


class PublicPageOut(serializers.ModelSerializer[models.Page]):
    """A page as the public reads it."""

    custom_config = serializers.DictField(allow_null=True)

    class Meta:
        model = models.Page
        fields = ["unique_name", "title", "content", "format", "custom_config", "view_count", "updated_at"]


class PageOut(PublicPageOut):
    """A page as admins see it."""

    created_by = serializers.IntegerField(source="created_by_id", allow_null=True)
    updated_by = serializers.IntegerField(source="updated_by_id", allow_null=True)

    class Meta(PublicPageOut.Meta):
        fields = ["id", *PublicPageOut.Meta.fields, "is_active", "is_draft", "is_private", "created_by", "updated_by",
                  "created_at"]  # fmt: skip


# --- FAQs ----------------------------------------------------------------------------------------------------


def _place() -> serializers.IntegerField:
    return serializers.IntegerField(
        required=False, allow_null=True, min_value=-models.PLACES, max_value=models.PLACES, help_text="Small is first."
    )


class FAQIn(serializers.Serializer[Any]):
    """A question and its answer."""

    question = serializers.CharField(max_length=500)
    answer = serializers.CharField(max_length=WORDS_MOST)
    category = _words(100)
    tags = _tags()
    display_order = _place()
    is_active = _flag(default=True)


class FAQUpdateIn(serializers.Serializer[Any]):
    """The given fields of a FAQ."""

    question = _optional(serializers.CharField, max_length=500)
    answer = _optional(serializers.CharField, max_length=WORDS_MOST)
    category = _words(100)
    tags = _tags()
    display_order = _place()
    is_active = _optional(serializers.BooleanField)


class PublicFAQsIn(CursorIn):
    """Which FAQs."""

    category = serializers.CharField(required=False, max_length=100)


class FAQsIn(PublicFAQsIn):
    """Which FAQs, also of those that were taken down."""

    is_active = serializers.BooleanField(required=False)


class FAQOut(serializers.ModelSerializer[models.FAQ]):
    """A question and its answer."""

    class Meta:
        model = models.FAQ
        fields = ["id", "question", "answer", "category", "tags", "display_order", "is_active", "created_at",
                  "updated_at"]  # fmt: skip


# --- app versions --------------------------------------------------------------------------------------------


def _build() -> serializers.IntegerField:
    return serializers.IntegerField(required=False, allow_null=True, min_value=0, max_value=BIGGEST_BUILD)


def _address() -> serializers.URLField:
    return serializers.URLField(required=False, allow_null=True, allow_blank=True, max_length=models.URL_MOST)


class AppVersionIn(serializers.Serializer[Any]):
    """A release of a client app."""

    app = serializers.CharField(max_length=50)
    platform = serializers.CharField(max_length=20)
    version = serializers.CharField(max_length=20, help_text="Numbers with dots, for instance 2.4.1.")
    build_number = _build()
    release_notes = _words()
    download_url = _address()
    is_mandatory = _flag(default=False)
    is_active = _flag(default=True)
    min_supported_version = _words(20)


class AppVersionUpdateIn(serializers.Serializer[Any]):
    """The given fields of a release."""

    release_notes = _words()
    download_url = _address()
    is_mandatory = _optional(serializers.BooleanField)
    is_active = _optional(serializers.BooleanField)
    min_supported_version = _words(20)


class AppVersionsIn(CursorIn):
    """Which releases."""

    app = serializers.CharField(required=False, max_length=50)
    platform = serializers.CharField(required=False, max_length=20)
    is_active = serializers.BooleanField(required=False)


class AppVersionOut(serializers.ModelSerializer[models.AppVersion]):
    """A release of a client app."""

    class Meta:
        model = models.AppVersion
        fields = ["id", "app", "platform", "version", "build_number", "release_notes", "download_url", "is_mandatory",
                  "is_active", "min_supported_version", "created_at", "updated_at"]  # fmt: skip


class VersionCheckIn(serializers.Serializer[Any]):
    """What a client runs."""

    app = serializers.CharField(max_length=50)
    platform = serializers.CharField(max_length=20)
    current_version = serializers.CharField(max_length=50)
    build_number = _build()


class VersionCheckOut(serializers.Serializer[Any]):
    """Whether there is anything newer; the rest tells of the newest release."""

    update_available = serializers.BooleanField()
    is_mandatory = serializers.BooleanField()
    latest_version = serializers.CharField(allow_null=True)
    download_url = serializers.CharField(allow_null=True)
    release_notes = serializers.CharField(allow_null=True)
    min_supported_version = serializers.CharField(allow_null=True)


# --- bug reports ---------------------------------------------------------------------------------------------


class _Bug(serializers.Serializer[Any]):
    """What JSON and forms have in common."""

    source = serializers.CharField(max_length=50)  # type: ignore[assignment]  # fields are no attributes of the class
    bug_type = serializers.ChoiceField(choices=models.BugType.choices)
    severity = serializers.ChoiceField(choices=models.BugSeverity.choices)
    title = serializers.CharField(max_length=200)
    description = serializers.CharField(max_length=WORDS_MOST)
    steps_to_reproduce = _words()
    expected_behavior = _words()
    actual_behavior = _words()
    app_version = _words(50)


class BugIn(_Bug):
    """What somebody found wrong."""

    device_info = JSONObject(required=False, allow_null=True)
    media_urls = serializers.ListField(
        child=serializers.URLField(max_length=models.URL_MOST), required=False, allow_null=True, max_length=TAGS_MOST
    )
    tags = _tags()


class _JSONText(serializers.CharField):
    """JSON inside a form, read as another field reads it."""

    default_error_messages = {"json": "Must be JSON."}

    def __init__(self, inner: serializers.Field[Any, Any, Any, Any]) -> None:
        super().__init__(required=False, allow_null=True, allow_blank=True, max_length=WORDS_MOST)
        self._inner = inner

    def run_validation(self, data: Any = empty) -> Any:
        """What the JSON says, as the other field takes it; a blank is null."""
        text = super().run_validation(data)
        if not text:
            return None
        try:
            value = orjson.loads(text)
        except orjson.JSONDecodeError:
            self.fail("json")
        return self._inner.run_validation(value)


class BugWithFilesIn(_Bug):
    """What somebody found wrong, as a form with pictures, films or sounds."""

    device_info = _JSONText(JSONObject(allow_null=True))
    tags = _JSONText(_tags())
    files = serializers.ListField(child=serializers.FileField(), min_length=1, max_length=FILES_MOST)


class BugUpdateIn(serializers.Serializer[Any]):
    """The given fields of a report."""

    status = _optional(serializers.ChoiceField, choices=models.BugStatus.choices)
    assigned_to = _optional(serializers.IntegerField, min_value=1, max_value=BIGGEST_ID, help_text="An agent or admin.")
    resolution = _words()
    tags = _tags()


class BugsIn(CursorIn):
    """Which reports."""

    status = serializers.ChoiceField(choices=models.BugStatus.choices, required=False)
    bug_type = serializers.ChoiceField(choices=models.BugType.choices, required=False)
    severity = serializers.ChoiceField(choices=models.BugSeverity.choices, required=False)


class BugOut(serializers.ModelSerializer[models.BugReport]):
    """A report."""

    user_id = serializers.IntegerField(allow_null=True)
    assigned_to = serializers.IntegerField(source="assigned_to_id", allow_null=True)
    device_info = serializers.DictField(allow_null=True)

    class Meta:
        model = models.BugReport
        fields = ["id", "user_id", "source", "bug_type", "severity", "status", "title", "description",
                  "steps_to_reproduce", "expected_behavior", "actual_behavior", "device_info", "app_version",
                  "media_urls", "tags", "assigned_to", "resolution", "resolved_at", "created_at",
                  "updated_at"]  # fmt: skip
