"""A call that nobody waits for ends at its next statement; what was committed stands, with what follows from it."""

from typing import Any

import pytest
from django.db import transaction

from apps.support.models import FAQ
from ghar import calls
from ghar.actors import ANONYMOUS, Actor
from ghar.answers import Answer
from ghar.tools import Audience, call, tool

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("registry")]


def write(name: str) -> None:
    FAQ.objects.create(question=name, answer="Yes.")


@pytest.fixture
def current():
    one = calls.Call()
    with calls.following(one):
        yield one


def declare(run: Any) -> None:
    def declared(actor: Actor) -> dict[str, Any]:
        """Write, as the test says."""
        run()
        return {}

    tool("declared", on={Audience.GUEST}, title="Write", answers=Answer, writes=True)(declared)


def test_a_transaction_is_rolled_back(current):
    def run():
        with transaction.atomic():
            write("one")
            current.is_abandoned = True
            write("two")

    declare(run)
    assert call(ANONYMOUS, "declared").data["code"] == "CANCELLED"
    assert not FAQ.objects.exists()


def test_what_follows_a_commit_is_done(current):
    def run():
        with transaction.atomic():
            write("one")
            transaction.on_commit(lambda: write("what follows"))
            current.is_abandoned = True

    declare(run)
    current.is_abandoned = False
    call(ANONYMOUS, "declared")
    assert {one.question for one in FAQ.objects.all()} == {"one", "what follows"}


def test_a_transaction_after_a_rollback_is_guarded_too(current):
    def run():
        with transaction.atomic():
            write("lost")
            transaction.set_rollback(True)
        with transaction.atomic():
            write("one")
            transaction.on_commit(lambda: write("what follows"))
            current.is_abandoned = True

    declare(run)
    call(ANONYMOUS, "declared")
    assert {one.question for one in FAQ.objects.all()} == {"one", "what follows"}


def test_a_report_ends_it_too(current):
    current.is_abandoned = True
    declare(lambda: calls.report(1, of=2))
    assert call(ANONYMOUS, "declared").data["code"] == "CANCELLED"


def test_where_nobody_listens_a_report_is_nothing():
    declare(lambda: calls.report(1, of=2))
    assert call(ANONYMOUS, "declared").data == {}
