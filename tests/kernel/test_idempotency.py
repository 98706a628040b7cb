"""`Idempotency-Key`: the same request is carried out once and answered the same."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection

from apps.accounts.models import User
from apps.agents.models import Agent
from ghar import clock
from ghar.models import IdempotencyRecord
from tests.support.client import Client

pytestmark = pytest.mark.django_db


def ask(person: Any, key: str, name: str = "Asha", **body: Any) -> Any:
    """Make an agent under a key."""
    return Client().as_(person).post("/api/v1/agents", {"name": name, **body}, HTTP_IDEMPOTENCY_KEY=key)


def test_a_repetition_gets_the_first_answer(cast):
    first, again = ask(cast.admin, "k-1"), ask(cast.admin, "k-1")
    assert (again.status_code, again.content) == (200, first.content)
    assert (first.headers.get("Idempotent-Replayed"), again.headers["Idempotent-Replayed"]) == (None, "true")
    assert Agent.objects.count() == 1


def test_another_key_is_another_request(cast):
    assert ask(cast.admin, "k-1").json()["id"] != ask(cast.admin, "k-2").json()["id"]


def test_a_key_belongs_to_a_person(cast):
    other = User.objects.create(subject="second", role="admin")
    assert ask(cast.admin, "k-1").json()["id"] != ask(other, "k-1").json()["id"]


def test_a_key_belongs_to_a_request(cast):
    ask(cast.admin, "k-1")
    answer = ask(cast.admin, "k-1", name="Omar")
    assert (answer.status_code, answer.json()["error"]["code"]) == (422, "IDEMPOTENCY_KEY_REUSED")
    assert Agent.objects.count() == 1


def test_a_refusal_is_not_remembered(cast):
    assert ask(cast.admin, "k-1", avatar_url="ftp://pictures.example/a").status_code == 422
    assert not IdempotencyRecord.objects.exists()
    assert ask(cast.admin, "k-1").status_code == 200


@pytest.mark.parametrize("key", ["x" * 256, "a\x7fb"], ids=["long", "control character"])
def test_a_key_that_is_none(cast, key):
    answer = ask(cast.admin, key)
    assert (answer.status_code, answer.json()["detail"][0]["loc"]) == (422, ["header", "Idempotency-Key"])


@pytest.mark.parametrize("key", ["", "   "], ids=["empty", "blank"])
def test_a_blank_key_is_no_key(cast, key):
    assert ask(cast.admin, key).status_code == 200
    assert not IdempotencyRecord.objects.exists()


def test_a_new_key_takes_old_ones_with_it(cast):
    ask(cast.admin, "old")
    IdempotencyRecord.objects.update(created_at=clock.now() - timedelta(hours=25))
    ask(cast.admin, "new")
    assert list(IdempotencyRecord.objects.values_list("key", flat=True)) == ["new"]


@pytest.mark.django_db(transaction=True)
def test_repetitions_at_the_same_time_wait_for_the_first(cast):
    admin = cast.admin

    def call(_: int) -> tuple[int, bytes]:
        try:
            answer = ask(admin, "k-1")
            return answer.status_code, answer.content
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        answers = set(pool.map(call, range(8)))
    assert [status for status, _ in answers] == [200]
    assert Agent.objects.count() == 1
