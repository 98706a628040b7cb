"""Pictures that people had made: who asked for what, and what became of it."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from ghar.models import choices_check


class Mode(models.TextChoices):
    TEXT_TO_IMAGE = "text-to-image", "From words"
    IMAGE_TO_IMAGE = "image-to-image", "From a picture"


class GenerationStatus(models.TextChoices):
    PENDING = "pending", "Pending"
    SUCCEEDED = "succeeded", "Succeeded"
    FAILED = "failed", "Failed"


class Generation(models.Model):
    """One call of an image provider, which costs money whatever comes of it. `failure` is the code of a refusal.

    The picture is among the person's own files (`media`), until they remove it. A row that stays pending was cut off.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="generations", db_index=False
    )
    mode = models.CharField(max_length=16, choices=Mode)
    prompt = models.TextField()
    provider = models.CharField(max_length=32)
    model = models.CharField(max_length=100)
    status = models.CharField(max_length=16, choices=GenerationStatus, default=GenerationStatus.PENDING)
    failure = models.CharField(max_length=64, blank=True, default="")
    mime_type = models.CharField(max_length=50, blank=True, default="")
    file_size = models.PositiveIntegerField(default=0)
    media = models.ForeignKey(
        "media.MediaFile", on_delete=models.SET_NULL, null=True, blank=True, related_name="generations"
    )
    created_at = models.DateTimeField(db_default=Now(), editable=False)
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "studio_generations"
        constraints = [
            choices_check("mode", Mode, name="generations_mode_known"),
            choices_check("status", GenerationStatus, name="generations_status_known"),
            models.CheckConstraint(
                condition=Q(status=GenerationStatus.PENDING) | Q(finished_at__isnull=False),
                name="generations_end_at_a_time",
            ),
        ]
        indexes = [
            models.Index(fields=["user", "-created_at"], name="generations_by_person"),
            models.Index(fields=["-created_at", "-id"], name="generations_newest"),
        ]

    def __str__(self) -> str:
        return f"Generation {self.pk}"
