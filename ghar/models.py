"""The base of tables that keep their times, the checks that enumerations carry, and the kernel's own tables."""

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


class IdempotencyRecord(models.Model):
    """The answer that a caller was given under an `Idempotency-Key`; see `ghar.api.idempotency`.

    It is written in the transaction of what it answers for, so either both are there or neither. `body` is null only
    while that transaction runs.
    """

    actor_id = models.BigIntegerField()
    operation = models.CharField(max_length=100)
    key = models.CharField(max_length=255)
    fingerprint = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField(null=True)
    body = models.BinaryField(null=True)
    created_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        db_table = "idempotency_records"
        constraints = [
            models.UniqueConstraint(fields=["actor_id", "operation", "key"], name="idempotency_key_once"),
        ]
        indexes = [models.Index(fields=["created_at"], name="idempotency_oldest")]

    def __str__(self) -> str:
        return f"{self.operation} {self.key}"


class FailedJob(models.Model):
    """A job that failed in a worker, or was given up because workers died of it, for staff to look at and run again.

    One row for a job with the same arguments: `times` counts, `error` is the last one.
    """

    job = models.CharField(max_length=100)
    arguments = models.JSONField(default=list)
    fingerprint = models.CharField(max_length=64)
    error = models.TextField()
    request_id = models.CharField(max_length=128, blank=True, default="")
    times = models.PositiveIntegerField(default=1)
    first_failed_at = models.DateTimeField(db_default=Now(), editable=False)
    failed_at = models.DateTimeField()

    class Meta:
        db_table = "failed_jobs"
        constraints = [models.UniqueConstraint(fields=["job", "fingerprint"], name="failed_jobs_once")]
        indexes = [models.Index(fields=["-failed_at", "-id"], name="failed_jobs_newest")]

    def __str__(self) -> str:
        return self.job
