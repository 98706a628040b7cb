"""What the outbox does in a worker and by the clock."""

from datetime import timedelta

from ghar.jobs import every, job
from ghar.outbox import services


@job
def carry_out(entry_id: int) -> None:
    """Carry out one row, right after its cause."""
    services.system_carry_out(entry_id)


@every(timedelta(minutes=1))
@job(once=True)
def carry_out_due() -> None:
    """Carry out the rows that no job has carried out, and those to be tried again."""
    services.system_carry_out_due()
