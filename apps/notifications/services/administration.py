"""What staff do with the outbox."""

from uuid import UUID

from django.db import transaction

from apps.notifications.models import Delivery, DeliveryStatus
from apps.notifications.services.reading import DeliveryNotFound
from ghar import clock
from ghar.actors import Actor
from ghar.errors import Conflict, NotAllowed


class OnlyAdmins(NotAllowed):
    """Only admins send again."""

    code = "DELIVERIES_FOR_ADMINS"
    message = "Only admins may send again."


class NothingToSend(Conflict):
    """The delivery was sent, is on its way, or goes with a digest."""

    code = "NOTHING_TO_SEND_AGAIN"
    message = "Only what was not sent can be sent again."


@transaction.atomic
def retry_delivery(*, actor: Actor, delivery_id: UUID) -> None:
    """Put what was not sent back into the outbox. Raises OnlyAdmins, DeliveryNotFound and NothingToSend."""
    if not actor.is_admin:
        raise OnlyAdmins
    delivery = Delivery.objects.select_for_update().filter(pk=delivery_id).first()
    if delivery is None:
        raise DeliveryNotFound
    if delivery.status in (DeliveryStatus.PENDING, DeliveryStatus.SENT, DeliveryStatus.COLLECTED):
        raise NothingToSend
    delivery.status, delivery.attempts, delivery.failure = DeliveryStatus.PENDING, 0, ""
    delivery.due_at = clock.now()
    delivery.save(update_fields=["status", "attempts", "failure", "due_at"])
