"""A browser's session opens staff pages, and means nothing to the operations of the API."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

pytestmark = pytest.mark.django_db


def test_a_session_of_staff_opens_their_pages(client, cast):
    client.force_login(cast.admin)
    assert client.get("/admin/").status_code == 200


@pytest.mark.parametrize("path", ["/api/v1/users/me", "/api/v1/users/me/"])
def test_a_session_signs_nobody_in_at_an_operation(client, cast, path):
    client.force_login(cast.admin)
    with CaptureQueriesContext(connection) as statements:
        answer = client.get(path)
    assert answer.status_code == 401
    assert len(statements) == 0
    assert "Cookie" not in answer.headers["Vary"]
