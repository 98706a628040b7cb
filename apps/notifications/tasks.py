"""What notifications do in the background."""

from datetime import timedelta
from uuid import UUID

from apps.notifications.services import campaigns, delivering
from ghar.jobs import every, job


@job
def send_delivery(delivery_id: str) -> None:
    """Send one message outside."""
    delivering.system_send_delivery(delivery_id=UUID(delivery_id))


@every(timedelta(minutes=1))
@job(once=True)
def send_due_deliveries() -> None:
    """Send what failed before and is due again, and what no worker has heard of."""
    delivering.system_send_due_deliveries()


@job(seconds=1800)
def send_chunk(campaign_id: str) -> None:
    """Tell the next people of a campaign."""
    campaigns.system_send_chunk(campaign_id=UUID(campaign_id))


@every(timedelta(minutes=1))
@job(once=True, seconds=1800)
def continue_campaigns() -> None:
    """Tell the next people of each campaign whose worker died, or that has none."""
    campaigns.system_continue_campaigns()
