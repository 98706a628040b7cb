"""Events are told after the commit, in order, to every handler; what is rolled back was never said."""

import logging
import sys
import threading
from dataclasses import dataclass
from textwrap import dedent

import pytest
from django.db import transaction

from apps.accounts.models import User
from ghar import events
from ghar.events import Event, on, publish
from tests.support.cast import Cast

pytestmark = pytest.mark.django_db(transaction=True)
heard: list[str] = []


@dataclass(frozen=True)
class Knocked(Event):
    who: str


@dataclass(frozen=True)
class Opened(Event):
    who: str
    rooms: tuple[int, ...] = ()


@on(Knocked)
def note(event: Knocked) -> None:
    heard.append(event.who)


@on(Knocked)
def fail(event: Knocked) -> None:
    raise LookupError("nobody is at home")


@on(Knocked)
def open_the_door(event: Knocked) -> None:
    if event.who == "guest":
        with transaction.atomic():
            publish(Opened(event.who))
            heard.append("opening")


@on(Knocked)
def note_again(event: Knocked) -> None:
    heard.append(f"{event.who} again")


@on(Opened)
def greet(event: Opened) -> None:
    heard.append(f"welcome {event.who}")


@pytest.fixture(autouse=True)
def silence():
    heard.clear()


def test_without_a_transaction_it_is_told_at_once():
    publish(Knocked("a"))
    assert heard == ["a", "a again"]


def test_within_one_it_is_told_after_the_outermost_commit():
    with transaction.atomic():
        with transaction.atomic():
            publish(Knocked("a"))
        assert heard == []
    assert heard == ["a", "a again"]


def test_handlers_see_what_was_committed_and_nothing_is_open():
    seen = []

    @dataclass(frozen=True)
    class Moved(Event):
        user_id: int

    @on(Moved)
    def look(event: Moved) -> None:
        def read() -> None:
            seen.append(User.objects.filter(pk=event.user_id).exists())
            transaction.get_connection().close()

        other = threading.Thread(target=read)
        other.start()
        other.join()
        seen.append(transaction.get_connection().in_atomic_block)

    with transaction.atomic():
        publish(Moved(Cast().owner.pk))
    assert seen == [True, False]


def test_a_rollback_says_nothing():
    with transaction.atomic():
        publish(Knocked("a"))
        transaction.set_rollback(True)
    publish(Knocked("b"))
    assert heard == ["b", "b again"]


def test_a_rolled_back_savepoint_takes_only_its_own_words_back():
    with transaction.atomic():
        publish(Knocked("before"))
        with transaction.atomic():
            publish(Knocked("inside"))
            transaction.set_rollback(True)
        publish(Knocked("after"))
    assert heard == ["before", "before again", "after", "after again"]


def test_what_a_handler_publishes_waits_for_its_turn():
    with transaction.atomic():
        publish(Knocked("guest"))
        publish(Knocked("postman"))
    assert heard == [
        "guest", "opening", "guest again",
        "welcome guest",
        "postman", "postman again",
    ]  # fmt: skip


def test_a_failing_handler_is_logged_and_stops_nobody(caplog):
    with caplog.at_level(logging.ERROR, logger="ghar.events"):
        publish(Knocked("a"))
    assert heard == ["a", "a again"]
    (record,) = caplog.records
    assert "fail failed on Knocked(who='a')" in record.getMessage()
    assert record.exc_info is not None
    assert record.exc_info[0] is LookupError


def test_an_interruption_is_not_swallowed_and_leaves_no_rest():
    @dataclass(frozen=True)
    class Interrupted(Event):
        pass

    @on(Interrupted)
    def stop(event: Interrupted) -> None:
        publish(Knocked("late"))
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        publish(Interrupted())
    publish(Knocked("next"))
    assert heard == ["next", "next again"]


def test_values_must_be_plain(cast):
    with pytest.raises(TypeError, match=r"Knocked\.who must hold plain values"):
        publish(Knocked(cast.owner))
    with pytest.raises(TypeError, match=r"Opened\.rooms"):
        publish(Opened("a", rooms=([1],)))


def test_an_event_that_is_no_dataclass_is_refused():
    class Bare(Event):
        who: str

    with pytest.raises(TypeError, match="Bare must be a frozen dataclass"):
        on(Bare)
    with pytest.raises(TypeError, match="Bare must be a frozen dataclass"):
        publish(Bare())


def test_an_area_is_heard_by_having_handlers(tmp_path, monkeypatch, settings):
    area = tmp_path / "throwaway"
    area.mkdir()
    (area / "__init__.py").touch()
    (area / "handlers.py").write_text(
        dedent("""
        from ghar.events import on
        from tests.kernel.test_events import Opened
        @on(Opened)
        def react(event): ...
        """)
    )
    monkeypatch.syspath_prepend(tmp_path)
    settings.INSTALLED_APPS = [*settings.INSTALLED_APPS, "throwaway"]
    try:
        assert [handler.__name__ for handler in events.handlers_of(Opened)] == ["greet", "react"]
    finally:
        events._handlers[Opened].pop()
        sys.modules.pop("throwaway.handlers", None)
