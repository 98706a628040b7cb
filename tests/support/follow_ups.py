"""What workers do right after a commit, done here."""

from ghar.outbox import services
from ghar.outbox.models import OutboxEntry


def carry_out() -> None:
    """Carry out whatever waits in the outbox, with what follows from that; none of it may fail."""
    while waiting := list(OutboxEntry.objects.order_by("pk").values_list("pk", flat=True)):
        for entry_id in waiting:
            assert services.system_carry_out(entry_id), OutboxEntry.objects.get(pk=entry_id).failure
