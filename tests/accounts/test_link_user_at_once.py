"""Many first calls at the same time make one row."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from apps.accounts.models import User
from tests.support import issuer
from tests.support.client import Client

pytestmark = pytest.mark.django_db(transaction=True)


def statuses(tokens):
    def call(token):
        try:
            return Client().with_token(token).get("/api/v1/users/me").status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(len(tokens)) as pool:
        return list(pool.map(call, tokens))


def test_one_token(db):
    token = issuer.token(sub="s-1", phone="919876543210", phone_verified=True)
    assert statuses([token] * 8) == [200] * 8
    assert User.objects.count() == 1


def test_two_logins_of_one_phone(db):
    tokens = [issuer.token(sub=f"s-{n}", phone="919876543210", phone_verified=True) for n in range(8)]
    assert statuses(tokens) == [200] * 8
    assert User.objects.count() == 1
