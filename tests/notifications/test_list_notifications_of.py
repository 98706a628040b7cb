"""Admins see what a person was told."""

import pytest

from tests.notifications.telling import tell

pytestmark = pytest.mark.django_db


def test_an_admin_sees_it_with_whom_it_was_for(api, cast):
    kept = tell(cast.tenant)
    tell(cast.owner)
    (item,) = api.as_(cast.admin).get(f"/api/v1/notifications/users/{cast.tenant.id}").json()["items"]
    assert (item["id"], item["audience_type"], item["target_user_id"], item["topic"]) == (
        kept, "user", cast.tenant.subject, None,
    )  # fmt: skip


def test_a_person_who_is_not_there_is_not_found(api, cast):
    answer = api.as_(cast.admin).get("/api/v1/notifications/users/987654321")
    assert (answer.status_code, answer.json()["error"]["code"]) == (404, "USER_NOT_FOUND")
