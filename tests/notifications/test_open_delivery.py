"""Who opened what was sent to them says so; others may not."""

from uuid import uuid4

import pytest

from apps.notifications.models import Delivery
from tests.notifications.telling import tell, with_email

pytestmark = pytest.mark.django_db


@pytest.fixture
def delivery(cast) -> Delivery:
    return Delivery.objects.get(notification=tell(with_email(cast.tenant)))


def test_the_one_it_went_to_opens_it(api, cast, delivery):
    answer = api.as_(cast.tenant).post(f"/api/v1/notifications/deliveries/{delivery.id}/opened")
    assert (answer.status_code, answer.json()) == (200, {"ok": True})
    delivery.refresh_from_db()
    first = delivery.opened_at
    api.as_(cast.tenant).post(f"/api/v1/notifications/deliveries/{delivery.id}/opened")
    delivery.refresh_from_db()
    assert delivery.opened_at == first is not None


def test_nobody_else_does(api, cast, delivery):
    answer = api.as_(cast.admin).post(f"/api/v1/notifications/deliveries/{delivery.id}/opened")
    assert (answer.status_code, answer.json()["error"]["code"]) == (403, "DELIVERY_OF_ANOTHER")
    delivery.refresh_from_db()
    assert delivery.opened_at is None


@pytest.mark.parametrize("missing", [uuid4(), "seven"], ids=["missing", "not an id"])
def test_what_was_never_sent_is_not_there(api, cast, missing):
    answer = api.as_(cast.tenant).post(f"/api/v1/notifications/deliveries/{missing}/opened")
    assert (answer.status_code, answer.json()["error"]["code"]) == (404, "DELIVERY_NOT_FOUND")
