"""Two admins who leave at the same time: one of them stays."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from tests.support.cast import Cast
from tests.support.client import Client

pytestmark = pytest.mark.django_db(transaction=True)


def test_one_admin_is_left():
    cast = Cast()
    cast.owner.role = "admin"
    cast.owner.save()
    clients = [Client().as_(cast.admin), Client().as_(cast.owner)]

    def leave(client):
        try:
            return client.delete("/api/v1/users/me").status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(leave, clients)) == [200, 409]


def test_pressing_twice_deletes_once():
    cast = Cast()
    client = Client().as_(cast.owner)

    def leave(_):
        try:
            return client.delete("/api/v1/users/me").status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        statuses = set(pool.map(leave, range(4)))
    assert 200 in statuses
    assert statuses <= {200, 403}
