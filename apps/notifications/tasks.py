"""What notifications do in the background."""

from datetime import timedelta
from uuid import UUID

from apps.notifications.services import campaigns, delivering, exporting
from ghar.jobs import Queue, every, job

A_BATCH = 25
"""Messages of a campaign that one job sends."""


@job
def send_delivery(delivery_id: str) -> None:
    """Send one message outside."""
    delivering.system_send_delivery(delivery_id=UUID(delivery_id))


@every(timedelta(minutes=1))
@job(once=True)
def send_due_deliveries() -> None:
    """Send what failed before and is due again, and what no worker has heard of."""
    delivering.system_send_due_deliveries()


@job(queue=Queue.BULK)
def send_deliveries(*delivery_ids: str) -> None:
    """Send some messages of a campaign outside."""
    for delivery_id in delivery_ids:
        delivering.system_send_delivery(delivery_id=UUID(delivery_id))


@job(queue=Queue.BULK)
def send_chunk(campaign_id: str, after: int) -> None:
    """Tell the next people of a campaign that has come so far."""
    campaigns.system_send_chunk(campaign_id=UUID(campaign_id), after=after)


@every(timedelta(minutes=1))
@job(once=True)
def continue_campaigns() -> None:
    """Tell the next people of each campaign whose worker died, or that has none."""
    campaigns.system_continue_campaigns()


@job(queue=Queue.HEAVY)
def export_stuck(user_id: int) -> None:
    """Write down what is stuck for an admin."""
    exporting.system_export_stuck(user_id=user_id)
