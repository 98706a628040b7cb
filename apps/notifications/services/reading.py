"""What people do with what they were told."""

from uuid import UUID

from apps.notifications import permissions
from apps.notifications.models import Delivery, Notification
from apps.notifications.selectors import NotificationNotFound
from ghar import clock
from ghar.actors import Actor
from ghar.errors import NotAllowed, NotFound


class DeliveryNotFound(NotFound):
    """There is no such delivery."""

    code = "DELIVERY_NOT_FOUND"
    message = "Delivery not found"


class DeliveryOfAnother(NotAllowed):
    """The delivery went to somebody else."""

    code = "DELIVERY_OF_ANOTHER"
    message = "This went to somebody else."


def mark_all_notifications_read(*, actor: Actor) -> int:
    """Mark everything that the actor was told as read; how many were not."""
    unread = Notification.objects.filter(permissions.own(actor), read_at=None)
    return unread.update(read_at=clock.now())


def mark_notification_read(*, actor: Actor, notification_id: str) -> UUID:
    """Mark one as read. The first time stays. Raises NotificationNotFound, also for what is no id."""
    own = Notification.objects.filter(permissions.own(actor), pk=_uuid(notification_id, NotificationNotFound))
    if not own.filter(read_at=None).update(read_at=clock.now()) and not own.exists():
        raise NotificationNotFound
    return UUID(notification_id)


def open_delivery(*, actor: Actor, delivery_id: str) -> None:
    """Note that the actor opened what was sent to them. Raises DeliveryNotFound and DeliveryOfAnother."""
    found = Delivery.objects.filter(pk=_uuid(delivery_id, DeliveryNotFound))
    delivery = found.select_related("notification").first()
    if delivery is None:
        raise DeliveryNotFound
    if delivery.notification.user_id != actor.id:
        raise DeliveryOfAnother
    found.update(opened_at=clock.now())


def _uuid(text: str, missing: type[NotFound]) -> UUID:
    try:
        return UUID(text)
    except ValueError as wrong:
        raise missing from wrong
