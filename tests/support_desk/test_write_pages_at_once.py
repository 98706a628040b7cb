"""Of several who write a page under one name at the same moment, one succeeds."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connections

from apps.support.models import Page
from tests.support import rows
from tests.support.cast import Cast


@pytest.fixture
def committed(django_db_setup, django_db_blocker):
    with rows.kept(django_db_blocker):
        yield


@pytest.mark.usefixtures("committed")
def test_one_of_many_has_the_name(api):
    client = api.as_(Cast().admin)

    def write(number: int) -> int:
        try:
            body = {"unique_name": "terms", "title": f"Terms {number}", "content": ""}
            return client.post("/api/v1/pages", body).status_code
        finally:
            connections.close_all()

    with ThreadPoolExecutor(4) as threads:
        statuses = list(threads.map(write, range(4)))
    assert sorted(statuses) == [200, 422, 422, 422]
    assert Page.objects.count() == 1
