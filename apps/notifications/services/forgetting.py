"""What goes when somebody deletes their account."""

from django.db import transaction

from apps.notifications.models import Delivery, Notification
from apps.notifications.services import devices


@transaction.atomic
def system_forget_person(*, user_id: int) -> None:
    """Remove what somebody was told, the addresses that it went to, and their devices."""
    Delivery.objects.filter(device__user=user_id).delete()  # also those that an admin sent to the token itself
    devices.system_forget_devices(user_id=user_id)
    Notification.objects.filter(user=user_id).delete()
