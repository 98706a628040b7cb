"""The base of every table that keeps its times, and the checks that enumerations carry."""

from django.db import models
from django.db.models.functions import Now


class Timestamped(models.Model):
    """`created_at` and `updated_at`, aware UTC."""

    created_at = models.DateTimeField(db_default=Now(), editable=False)
    updated_at = models.DateTimeField(auto_now=True, null=True)

    class Meta:
        abstract = True


def choices_check(field: str, choices: type[models.TextChoices], *, name: str) -> models.CheckConstraint:
    """The database's own check that an enumeration column holds one of its values (or null)."""
    return models.CheckConstraint(condition=models.Q(**{f"{field}__in": choices.values}), name=name)
