"""What somebody was told, where it went, and their devices go with the account."""

import pytest

from apps.accounts.services import deletion
from apps.notifications.models import Delivery, DeviceToken, Notification
from apps.notifications.services import devices
from ghar.actors import Actor
from tests.notifications.telling import tell, with_email


@pytest.mark.django_db(transaction=True)
def test_it_goes_with_the_account_and_others_keep_theirs(cast):
    for person in (cast.tenant, cast.owner):
        devices.register_device(actor=Actor.of(person), token=f"phone-{person.id}", platform="ios")
        tell(with_email(person))
    deletion.delete_account(actor=Actor.of(cast.tenant), confirm=True)
    assert DeviceToken.objects.get().user == cast.owner
    assert Notification.objects.get().user == cast.owner
    assert Delivery.objects.get().recipient == cast.owner.email
