"""One's own notifications become read, one by one or all at once, and stay so."""

from uuid import uuid4

import pytest

from apps.notifications.models import Notification
from tests.notifications.telling import tell

pytestmark = pytest.mark.django_db
ADDRESSES = ["/api/v1/notifications", "/api/v1/flatmates/notifications"]


@pytest.mark.parametrize("address", ADDRESSES)
def test_one_becomes_read_and_the_first_time_stays(api, cast, address):
    kept, other = tell(cast.tenant), tell(cast.tenant)
    client = api.as_(cast.tenant)
    answer = client.put(f"{address}/{kept}", {"is_read": True}, format="json")
    assert (answer.status_code, answer.json()) == (200, {"ok": True, "id": kept, "is_read": True})
    first = Notification.objects.get(pk=kept).read_at
    assert client.put(f"{address}/{kept}", {"is_read": False}, format="json").json()["is_read"] is True
    assert Notification.objects.get(pk=kept).read_at == first is not None
    assert Notification.objects.get(pk=other).read_at is None


@pytest.mark.parametrize("address", ADDRESSES)
def test_all_become_read_and_nobody_elses(api, cast, address):
    tell(cast.tenant), tell(cast.tenant), tell(cast.owner)
    client = api.as_(cast.tenant)
    assert client.put(address, {"mark_all_read": True}, format="json").json() == {"ok": True, "updated": 2}
    assert client.put(address, {}, format="json").json() == {"ok": True, "updated": 0}
    assert Notification.objects.filter(read_at=None).get().user == cast.owner


@pytest.mark.parametrize("which", ["foreign", "missing", "not an id"])
def test_what_is_not_ones_own_is_not_there(api, cast, which):
    foreign = tell(cast.owner)
    ids = {"foreign": foreign, "missing": uuid4(), "not an id": "seven"}
    answer = api.as_(cast.tenant).put(f"{ADDRESSES[0]}/{ids[which]}", {}, format="json")
    assert (answer.status_code, answer.json()["error"]["code"]) == (404, "NOTIFICATION_NOT_FOUND")
    assert Notification.objects.get(pk=foreign).read_at is None
