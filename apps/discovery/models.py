"""Swipes: what people think of the listings that they were shown."""

from django.conf import settings
from django.db import models
from django.db.models import Case, Q, Value, When
from django.db.models.functions import Now

from ghar.models import choices_check


class SwipeAction(models.TextChoices):
    PASS = "pass", "Pass"
    LIKE = "like", "Like"
    SUPER_LIKE = "super_like", "Super like"


class Swipe(models.Model):
    """What one person decided about one listing, the last time they did. The database keeps `is_liked` itself.

    `created_at` is when they first decided, `swiped_at` when they last did. Demo people and demo listings tell which
    rows are demo data, so there is no flag.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="swipes", db_index=False)
    property = models.ForeignKey("properties.Property", on_delete=models.CASCADE, related_name="swipes")
    action = models.CharField(max_length=16, choices=SwipeAction)
    created_at = models.DateTimeField(db_default=Now(), editable=False)
    swiped_at = models.DateTimeField(db_default=Now())

    is_liked = models.GeneratedField(
        expression=Case(When(~Q(action=SwipeAction.PASS), then=Value(True)), default=Value(False)),
        output_field=models.BooleanField(),
        db_persist=True,
    )

    class Meta:
        db_table = "user_swipes"
        constraints = [
            choices_check("action", SwipeAction, name="user_swipes_action_known"),
            models.UniqueConstraint(fields=["user", "property"], name="user_swipes_once"),
        ]
        indexes = [models.Index(fields=["user", "-swiped_at", "-id"], name="user_swipes_latest")]

    def __str__(self) -> str:
        return f"{self.action} of {self.property_id}"
