"""What follows when somebody was told something."""

from apps.notifications import tasks
from apps.notifications.events import NoticeSent
from ghar import jobs
from ghar.events import on


@on(NoticeSent)
def send_outside(event: NoticeSent) -> None:
    """A worker carries each message out at once; one that is missed is found by the clock."""
    for delivery_id in event.delivery_ids:
        jobs.enqueue(tasks.send_delivery, delivery_id)
