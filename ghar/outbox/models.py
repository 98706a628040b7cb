"""The rows of the outbox."""

from django.db import models
from django.db.models.functions import Now


class OutboxEntry(models.Model):
    """One handler that has yet to hear of one event.

    `handler` is its dotted name and `facts` are the fields of the event. The clock looks at it from `due_at` on; until
    then it is left to the job that was queued for it. With `parked_at` it has failed for good, `failure` says how.
    """

    handler = models.CharField(max_length=200)
    facts = models.JSONField()
    due_at = models.DateTimeField()
    attempts = models.PositiveSmallIntegerField(default=0)
    failure = models.TextField(blank=True)
    parked_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        db_table = "outbox_entries"
        verbose_name_plural = "outbox entries"
        indexes = [models.Index(fields=["due_at"], condition=models.Q(parked_at=None), name="outbox_due")]

    def __str__(self) -> str:
        return f"{self.handler} {self.pk}"
