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
    """Note that the actor opened what was sent to them. Raises DeliveryNotFound and DeliveryOfAnother.

    What went to a topic, or to a device that is nobody's, may be opened by anybody. The first time stays.
    """
    found = Delivery.objects.filter(pk=_uuid(delivery_id, DeliveryNotFound))
    delivery = found.select_related("notification", "device").first()
    if delivery is None:
        raise DeliveryNotFound
    if _owner_of(delivery) not in (None, actor.id):
        raise DeliveryOfAnother
    found.filter(opened_at=None).update(opened_at=clock.now())


def _owner_of(delivery: Delivery) -> int | None:
    """Whom it was for: the person, or else whose device it is."""
    if delivery.notification.user_id is not None:
        return delivery.notification.user_id
    return delivery.device.user_id if delivery.device is not None else None


def _uuid(text: str, missing: type[NotFound]) -> UUID:
    try:
        return UUID(text)
    except ValueError as wrong:
        raise missing from wrong
