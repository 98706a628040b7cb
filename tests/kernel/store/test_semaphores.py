"""So many at a time over all processes, also when one is killed."""

import pytest

from ghar.store import port
from ghar.store.port import StoreAway
from ghar.store.semaphores import NoSlot, Semaphore
from tests.kernel.asgi.live import until
from tests.kernel.store.things import FEW


def taken() -> bool:
    try:
        with FEW.slot(seconds=1):
            return False
    except NoSlot:
        return True


def test_no_more_than_may_pass():
    with FEW.slot(seconds=30), FEW.slot(seconds=30):
        assert taken()
    assert not taken()


def test_another_name_has_slots_of_its_own():
    with FEW.slot(seconds=30), FEW.slot(seconds=30), Semaphore("test_other", 1).slot(seconds=30):
        assert taken()


def test_a_setting_says_how_many(settings):
    settings.SEMAPHORES = {"test_few": 1}
    with FEW.slot(seconds=30):
        assert taken()


def test_a_failure_gives_the_slot_back():
    for _ in range(3):
        with pytest.raises(LookupError), FEW.slot(seconds=30):
            raise LookupError
    assert not taken()


def test_a_slot_ends_by_itself():
    with FEW.slot(seconds=0.1), FEW.slot(seconds=30):
        until(lambda: not taken())


def test_a_slot_whose_time_was_over_is_not_taken_from_its_next_owner():
    one, other, third = FEW.slot(seconds=0.05), FEW.slot(seconds=30), FEW.slot(seconds=30, wait_s=5)
    one.__enter__()
    with other, third:
        one.__exit__(None, None, None)
        assert taken()


def test_while_the_keeper_is_away_everybody_passes(monkeypatch):
    class Away:
        def acquire(self, *args: object, **named: object) -> bool:
            raise StoreAway

        def release(self, *args: object) -> None:
            raise StoreAway

    monkeypatch.setattr("ghar.store.semaphores.keeper", Away)
    with FEW.slot(seconds=1), FEW.slot(seconds=1), FEW.slot(seconds=1):
        pass
    assert port.keeper() is not None


def test_several_processes_together_are_no_more(process, tmp_path):
    passing = [process("pass_through", tmp_path / "passed", 20) for _ in range(4)]
    for one in passing:
        one.wait_until_ready()
    (tmp_path / "passed").touch()
    for one in passing:
        one.end()
    steps = (tmp_path / "passed").read_text().split()
    inside = [steps[:count].count("+") - steps[:count].count("-") for count in range(1, len(steps) + 1)]
    assert len(steps) == 4 * 20 * 2
    assert max(inside) == 2


def test_the_slots_of_a_killed_process_come_back(process):
    holder = process("hold", 1).wait_until_ready()
    holder.kill()
    until(lambda: not taken())
