"""What was changed. Triggers write it, in the transaction of the change, whoever makes it and by whatever way."""

from django.db import models
from django.db.models.functions import Now

from ghar.models import choices_check


class ChangeAction(models.TextChoices):
    INSERT = "insert", "Added"
    UPDATE = "update", "Changed"
    DELETE = "delete", "Deleted"


class Change(models.Model):
    """One change of one row. `before` and `after` have the columns that differ; of a deleted row `before` has all that
    it said. `actor_id` and `via` are who did it and by which door; both are null when the platform itself did."""

    at = models.DateTimeField(db_default=Now())
    table_name = models.CharField(max_length=63)
    row_id = models.BigIntegerField()
    action = models.CharField(max_length=8, choices=ChangeAction)
    actor_id = models.BigIntegerField(null=True)
    via = models.CharField(max_length=32, null=True)
    before = models.JSONField(null=True)
    after = models.JSONField(null=True)

    class Meta:
        db_table = "changes"
        constraints = [choices_check("action", ChangeAction, name="changes_action_known")]
        indexes = [
            models.Index(fields=["table_name", "row_id", "-id"], name="changes_of_row"),
            models.Index(fields=["actor_id", "-id"], name="changes_by_actor"),
        ]

    def __str__(self) -> str:
        return f"{self.action} of {self.table_name} {self.row_id}"
