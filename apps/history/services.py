"""Forgetting changes."""

from apps.history.models import Change


def system_forget_person(*, user_id: int) -> None:
    """Remove what was noted of a person's row: it says who they were. What they changed elsewhere stays, by number."""
    Change.objects.filter(table_name="users", row_id=user_id).delete()
