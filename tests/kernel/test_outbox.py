"""What surely follows from an event: a row is there when its cause is, is carried out once, and waits when it fails."""

from collections.abc import Callable
from dataclasses import dataclass

import pytest
from django.core.management import call_command
from django.db import transaction

from apps.support.models import FAQ
from ghar import clock, events
from ghar.actors import Actor
from ghar.errors import NotAllowed
from ghar.events import Event, publish
from ghar.outbox import registry, services
from ghar.outbox.follow_up import surely
from ghar.outbox.models import OutboxEntry
from tests.support import follow_ups
from tests.support.at_once import at_once

pytestmark = pytest.mark.django_db(transaction=True)


@dataclass(frozen=True)
class DoorPainted(Event):
    """Something that happened."""

    colour: str
    layers: tuple[int, ...] = ()


def keep(event: DoorPainted) -> None:
    """A consequence that one can count."""
    FAQ.objects.create(question=event.colour, answer=str(event.layers))


@pytest.fixture(autouse=True)
def forget_declarations(monkeypatch):
    monkeypatch.setattr(events, "_within", events._within.copy())
    monkeypatch.setattr(registry, "_handlers", registry._handlers.copy())
    events._within.pop(DoorPainted, None)


def declare(handler: Callable[[DoorPainted], None], **options: bool) -> None:
    surely(DoorPainted, **options)(handler)


def test_it_is_carried_out_with_the_fields_of_the_event():
    declare(keep)
    publish(DoorPainted("green", (1, 2)))
    assert not FAQ.objects.exists()
    follow_ups.carry_out()
    assert FAQ.objects.values_list("question", "answer").get() == ("green", "(1, 2)")
    assert not OutboxEntry.objects.exists()


def test_what_is_rolled_back_has_no_consequence():
    declare(keep)
    with transaction.atomic():
        publish(DoorPainted("green"))
        assert OutboxEntry.objects.exists()
        transaction.set_rollback(True)
    assert not OutboxEntry.objects.exists()


def test_each_handler_has_a_row_of_its_own():
    def refuse(event: DoorPainted) -> None:
        raise ValueError(f"no {event.colour}")

    declare(refuse)
    declare(keep)
    publish(DoorPainted("green"))
    assert [services.system_carry_out(entry.pk) for entry in OutboxEntry.objects.order_by("pk")] == [False, True]
    assert OutboxEntry.objects.get().failure == "ValueError: no green"
    assert FAQ.objects.exists()


def test_what_a_failing_handler_wrote_is_not_kept():
    def break_off(event: DoorPainted) -> None:
        keep(event)
        raise ValueError("broken off")

    declare(break_off)
    publish(DoorPainted("green"))
    services.system_carry_out(OutboxEntry.objects.get().pk)
    assert not FAQ.objects.exists()


@pytest.mark.parametrize("repeatable", [False, True])
def test_several_workers_carry_it_out_once(repeatable):
    """A repeatable handler may run twice, and has to be right then: this one asks first."""

    def keep_one(event: DoorPainted) -> None:
        with transaction.atomic():
            FAQ.objects.get_or_create(question=event.colour, defaults={"pk": 1, "answer": "yes"})

    declare(keep_one if repeatable else keep, repeatable=repeatable)
    publish(DoorPainted("green"))
    entry_id = OutboxEntry.objects.get().pk
    at_once([lambda: services.system_carry_out(entry_id)] * 8)
    assert FAQ.objects.count() == 1
    services.system_carry_out_due()
    assert not OutboxEntry.objects.filter(parked_at__isnull=False).exists()


def test_the_clock_finds_what_no_job_carried_out():
    declare(keep)
    publish(DoorPainted("green"))
    call_command("run_job", "outbox.carry_out_due")
    assert not FAQ.objects.exists(), "it is left to the job that was queued"
    OutboxEntry.objects.update(due_at=clock.now())
    call_command("run_job", "outbox.carry_out_due")
    assert FAQ.objects.exists()


def test_it_is_tried_later_and_later_then_parked():
    def refuse(event: DoorPainted) -> None:
        raise ValueError("no")

    declare(refuse)
    publish(DoorPainted("green"))
    entry = OutboxEntry.objects.get()
    waits = []
    for _ in range(services.MOST_ATTEMPTS):
        began = clock.now()
        services.system_carry_out(entry.pk)
        entry.refresh_from_db()
        waits.append(round((entry.due_at - began).total_seconds()))
    assert waits == sorted(waits)
    assert waits[0] == 20
    assert waits[-1] == services.LONGEST_WAIT.total_seconds()
    assert entry.parked_at is not None
    assert services.system_carry_out(entry.pk) is False


def test_a_row_whose_handler_is_gone_says_so():
    entry = OutboxEntry.objects.create(handler="apps.gone.handlers.run", facts={}, due_at=clock.now())
    assert services.system_carry_out_due() == 0
    entry.refresh_from_db()
    assert entry.failure == "HandlerGone: No code declares the handler apps.gone.handlers.run any more."


def test_admins_have_a_parked_row_tried_again_or_discard_it(cast):
    declare(keep)
    facts = {"colour": "red", "layers": []}
    name = registry.names_of(DoorPainted)[0]
    parked = [OutboxEntry.objects.create(handler=name, facts=facts, due_at=clock.now(), parked_at=clock.now())
              for _ in range(2)]  # fmt: skip
    with pytest.raises(NotAllowed):
        services.retry_entry(actor=Actor.of(cast.agent), entry_id=parked[0].pk)
    with pytest.raises(NotAllowed):
        services.discard_entry(actor=Actor.of(cast.agent), entry_id=parked[0].pk)
    services.retry_entry(actor=Actor.of(cast.admin), entry_id=parked[0].pk)
    services.discard_entry(actor=Actor.of(cast.admin), entry_id=parked[1].pk)
    assert services.system_carry_out_due() == 1
    assert FAQ.objects.get().question == "red"
    with pytest.raises(services.EntryNotFound):
        services.discard_entry(actor=Actor.of(cast.admin), entry_id=parked[1].pk)


def test_the_screen_shows_what_is_stuck(cast, client):
    OutboxEntry.objects.create(handler="apps.gone.handlers.run", facts={}, due_at=clock.now(), failure="ValueError: no")
    client.force_login(cast.admin)
    page = client.get("/admin/outbox/outboxentry/").content.decode()
    assert "apps.gone.handlers.run" in page
    assert "ValueError: no" in page
