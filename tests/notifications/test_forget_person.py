"""What somebody was told, where it went, and their devices go with the account."""

import pytest

from apps.accounts.services import deletion
from apps.notifications.models import Delivery, DeviceToken, Notification
from apps.notifications.services import devices, messages
from ghar.actors import Actor
from tests.notifications.telling import tell, with_email
from tests.support import follow_ups


@pytest.mark.django_db(transaction=True)
def test_it_goes_with_the_account_and_others_keep_theirs(cast):
    for person in (cast.tenant, cast.owner):
        devices.register_device(actor=Actor.of(person), token=f"phone-{person.id}", platform="ios")
        tell(with_email(person))
    admin = Actor.of(cast.admin)
    messages.send_to_tokens(actor=admin, tokens=[f"phone-{cast.tenant.id}"], title="Hello", body="You")
    deletion.delete_account(actor=Actor.of(cast.tenant), confirm=True)
    follow_ups.carry_out()
    assert DeviceToken.objects.get().user == cast.owner
    assert Notification.objects.get(audience="user").user == cast.owner
    assert Delivery.objects.get().recipient == cast.owner.email
