"""What helps people along: pages, answers to common questions, reports of bugs, and versions of the client apps."""

from typing import Any

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.core.validators import URLValidator
from django.db import models
from django.db.models import F, Q

from ghar.models import Timestamped, choices_check

TAG_MOST = 50
URL_MOST = 500
PLACES = 1_000_000
"""FAQs are ordered by a number between minus this and this."""


def _person(related_name: str) -> "models.ForeignKey[Any, Any]":
    return models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name=related_name
    )


def _tags() -> ArrayField:
    return ArrayField(models.CharField(max_length=TAG_MOST), null=True, blank=True)


class PageFormat(models.TextChoices):
    HTML = "html", "HTML"
    MARKDOWN = "markdown", "Markdown"
    JSON = "json", "JSON"


class Page(Timestamped):
    """A text that clients show under a name, such as terms or a help page.

    The public reads it while it is active, no draft and not private. `view_count` lags behind by a minute at most.
    """

    unique_name = models.CharField(max_length=100, unique=True)
    title = models.CharField(max_length=200)
    content = models.TextField(blank=True)
    format = models.CharField(max_length=16, choices=PageFormat, default=PageFormat.HTML)
    custom_config = models.JSONField(null=True, blank=True)
    is_active = models.BooleanField(default=True)
    is_draft = models.BooleanField(default=False)
    is_private = models.BooleanField(default=True)
    created_by = _person("pages_created")
    updated_by = _person("pages_updated")
    view_count = models.BigIntegerField(default=0)
    is_seed_data = models.BooleanField(default=False)

    class Meta:
        db_table = "pages"
        constraints = [
            choices_check("format", PageFormat, name="pages_format_known"),
            models.CheckConstraint(condition=~Q(unique_name=""), name="pages_have_a_name"),
            models.CheckConstraint(condition=Q(view_count__gte=0), name="pages_views_not_negative"),
            models.CheckConstraint(condition=Q(updated_at__isnull=False), name="pages_know_their_last_change"),
        ]
        indexes = [models.Index(fields=["-updated_at", "-id"], name="pages_last_changed")]

    def __str__(self) -> str:
        return self.unique_name


class FAQ(Timestamped):
    """A question that people ask often, with its answer. Small `display_order` comes first."""

    question = models.CharField(max_length=500)
    answer = models.TextField()
    category = models.CharField(max_length=100, null=True, blank=True)
    tags = _tags()
    display_order = models.IntegerField(default=0)
    is_active = models.BooleanField(default=True)
    is_seed_data = models.BooleanField(default=False)

    class Meta:
        db_table = "faqs"
        verbose_name = "FAQ"
        verbose_name_plural = "FAQs"
        constraints = [
            models.CheckConstraint(condition=~Q(question="") & ~Q(answer=""), name="faqs_say_something"),
            models.CheckConstraint(
                condition=Q(display_order__gte=-PLACES, display_order__lte=PLACES), name="faqs_order_in_bounds"
            ),
        ]
        indexes = [
            models.Index(
                (F("display_order") * -1).desc(), F("created_at").desc(), F("id").desc(), name="faqs_in_order"
            ),
        ]

    def __str__(self) -> str:
        return self.question


class AppVersion(Timestamped):
    """A release of a client app on a platform. Versions are compared number by number; see `rules.versions`."""

    app = models.CharField(max_length=50)
    platform = models.CharField(max_length=20)
    version = models.CharField(max_length=20)
    build_number = models.IntegerField(null=True, blank=True)
    release_notes = models.TextField(null=True, blank=True)
    download_url = models.CharField(max_length=URL_MOST, null=True, blank=True, validators=[URLValidator()])
    is_mandatory = models.BooleanField(default=False)
    is_active = models.BooleanField(default=True)
    min_supported_version = models.CharField(max_length=20, null=True, blank=True)
    is_seed_data = models.BooleanField(default=False)

    class Meta:
        db_table = "app_versions"
        constraints = [
            models.UniqueConstraint(
                fields=["app", "platform", "version", "build_number"],
                nulls_distinct=False,
                name="app_versions_once_each",
            ),
        ]
        indexes = [models.Index(fields=["-created_at", "-id"], name="app_versions_newest")]

    def __str__(self) -> str:
        return f"{self.app} {self.version} for {self.platform}"


class BugType(models.TextChoices):
    UI_BUG = "ui_bug", "Looks wrong"
    FUNCTIONALITY_BUG = "functionality_bug", "Works wrong"
    PERFORMANCE_ISSUE = "performance_issue", "Slow"
    CRASH = "crash", "Crash"
    FEATURE_REQUEST = "feature_request", "Feature request"
    OTHER = "other", "Other"


class BugSeverity(models.TextChoices):
    LOW = "low", "Low"
    MEDIUM = "medium", "Medium"
    HIGH = "high", "High"
    CRITICAL = "critical", "Critical"


class BugStatus(models.TextChoices):
    OPEN = "open", "Open"
    IN_PROGRESS = "in_progress", "In progress"
    RESOLVED = "resolved", "Resolved"
    CLOSED = "closed", "Closed"


class BugReport(Timestamped):
    """What somebody found wrong. `source` is the client it came from; `resolved_at` is when it was first resolved.

    `media_urls` are addresses that the client gave; `attachments` are files that came with the report, private to
    whoever sees it.
    """

    user = _person("bug_reports")
    source = models.CharField(max_length=50)
    bug_type = models.CharField(max_length=24, choices=BugType)
    severity = models.CharField(max_length=16, choices=BugSeverity)
    status = models.CharField(max_length=16, choices=BugStatus, default=BugStatus.OPEN)
    title = models.CharField(max_length=200)
    description = models.TextField()
    steps_to_reproduce = models.TextField(null=True, blank=True)
    expected_behavior = models.TextField(null=True, blank=True)
    actual_behavior = models.TextField(null=True, blank=True)
    device_info = models.JSONField(null=True, blank=True)
    app_version = models.CharField(max_length=50, null=True, blank=True)
    media_urls = ArrayField(models.CharField(max_length=URL_MOST), null=True, blank=True)
    attachments = models.ManyToManyField("media.MediaFile", related_name="bug_reports", blank=True)
    tags = _tags()
    assigned_to = _person("bugs_assigned")
    resolution = models.TextField(null=True, blank=True)
    resolved_at = models.DateTimeField(null=True, blank=True)
    is_seed_data = models.BooleanField(default=False)

    class Meta:
        db_table = "bug_reports"
        constraints = [
            choices_check("bug_type", BugType, name="bugs_type_known"),
            choices_check("severity", BugSeverity, name="bugs_severity_known"),
            choices_check("status", BugStatus, name="bugs_status_known"),
            models.CheckConstraint(
                condition=~Q(status=BugStatus.RESOLVED) | Q(resolved_at__isnull=False), name="bugs_resolved_at_a_time"
            ),
        ]
        indexes = [
            models.Index(fields=["-created_at", "-id"], name="bugs_newest"),
            models.Index(fields=["user", "-created_at", "-id"], name="bugs_by_reporter"),
        ]

    def __str__(self) -> str:
        return self.title
