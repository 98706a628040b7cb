"""Everybody reads what they were told, newest first, in pages, and how much is unread."""

import json
from base64 import urlsafe_b64encode

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from apps.notifications.models import Delivery, Notification
from ghar import clock
from tests.notifications.telling import tell, with_email

pytestmark = pytest.mark.django_db
ADDRESSES = ["/api/v1/notifications", "/api/v1/flatmates/notifications"]


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_person_sees_their_own(api, cast, address):
    kept = tell(cast.tenant, data={"property_id": 12, "visit_id": "7"}, route="/visits")
    tell(cast.owner, title="Not for the tenant")
    page = api.as_(cast.tenant).get(address).json()
    (item,) = page["items"]
    assert item.pop("created_at").endswith(("Z", "+00:00"))
    assert item == {
        "id": kept, "type": "policy_update", "title": "New terms", "body": "They are on our site.",
        "data": {"property_id": 12, "visit_id": "7"}, "is_read": False, "read_at": None, "opened": False,
        "reference_id": 12, "route": "/visits",
    }  # fmt: skip
    assert (page["unread_count"], page["has_more"], page["next_cursor"]) == (1, False, None)


def test_an_admins_list_is_their_own_too(api, cast):
    tell(cast.tenant)
    assert api.as_(cast.admin).get(ADDRESSES[0]).json()["items"] == []


def test_read_and_opened_are_shown(api, cast):
    kept = tell(with_email(cast.tenant))
    Notification.objects.filter(pk=kept).update(read_at=clock.now())
    Delivery.objects.update(opened_at=clock.now())
    page = api.as_(cast.tenant).get(ADDRESSES[0]).json()
    item = page["items"][0]
    assert (item["is_read"], item["opened"], item["read_at"] is None, page["unread_count"]) == (True, True, False, 0)


@pytest.mark.parametrize(
    ("data", "reference"),
    [({}, None), ({"visit_id": "x"}, None), ({"visit_id": None}, None), ({"visit_id": "9" * 40}, None),
     ({"visit_id": [1]}, None), ({"listing_id": 3, "reference_id": "5"}, 5)],
    ids=["none", "word", "null", "huge", "list", "first"],
)  # fmt: skip
def test_the_reference_is_the_first_whole_number(api, cast, data, reference):
    tell(cast.tenant, data=data)
    assert api.as_(cast.tenant).get(ADDRESSES[0]).json()["items"][0]["reference_id"] == reference


def test_pages_neither_repeat_nor_skip_though_all_were_told_at_the_same_moment(api, cast):
    for number in range(5):
        tell(cast.tenant, title=f"Notice {number}")
    Notification.objects.update(created_at=clock.now())
    seen, cursor = [], ""
    while cursor is not None:
        page = api.as_(cast.tenant).get(ADDRESSES[0], {"limit": 2, "cursor": cursor, "include_total": "true"}).json()
        seen += [item["title"] for item in page["items"]]
        cursor = page["next_cursor"]
        assert page["total"] == 5
    assert sorted(seen) == [f"Notice {number}" for number in range(5)]


@pytest.mark.parametrize("key", [5, "x", None, []], ids=repr)
def test_a_cursor_with_something_else_in_it_is_refused(api, cast, key):
    content = {"k": ["2026-01-01T00:00:00+00:00", key], "s": "newest", "v": 1}
    cursor = urlsafe_b64encode(json.dumps(content).encode()).decode()
    answer = api.as_(cast.tenant).get(ADDRESSES[0], {"cursor": cursor})
    assert (answer.status_code, answer.json()["error"]["code"]) == (400, "INVALID_CURSOR")


def test_a_longer_list_costs_no_more_statements(api, cast):
    client = api.as_(cast.tenant)

    def statements() -> int:
        with CaptureQueriesContext(connection) as captured:
            client.get(ADDRESSES[0])
        return len(captured)

    tell(cast.tenant)
    statements()
    few = statements()
    for _ in range(10):
        tell(cast.tenant)
    assert statements() == few
