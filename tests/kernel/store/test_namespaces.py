"""Values by name, for a while, within bounds; what runs out is told once, also over a kill."""

import time

import pytest

from ghar.store import namespaces
from ghar.store.namespaces import Namespace, on_expiry
from ghar.store.port import StoreFull, Usage, keeper
from tests.kernel.asgi.live import until
from tests.kernel.store import things
from tests.kernel.store.things import FEW_THINGS, THINGS, TOLD
from tests.support.at_once import at_once

SOON = 0.05


@pytest.fixture(autouse=True)
def nothing_told():
    things.told.clear()
    things.failing.clear()


def gone(namespace: Namespace, key: str) -> None:
    until(lambda: namespace.get(key) is None)


def test_a_value_comes_back_as_it_was():
    value = bytes(range(256))
    THINGS.put("a", value)
    assert (THINGS.get("a"), THINGS.get("b"), FEW_THINGS.get("a")) == (value, None, None)


def test_the_last_value_is_kept():
    THINGS.put("a", b"first", seconds=SOON)
    THINGS.put("a", b"second")
    time.sleep(2 * SOON)
    assert THINGS.get("a") == b"second"
    assert THINGS.usage() == Usage(1, len(b"second"))


def test_one_of_several_adds():
    assert [THINGS.add("a", b"1"), THINGS.add("a", b"2"), THINGS.get("a")] == [True, False, b"1"]
    assert sorted(at_once([lambda: THINGS.add("b", b"x")] * 8)) == [False] * 7 + [True]


def test_what_ran_out_may_be_added_again():
    THINGS.add("a", b"1", seconds=SOON)
    gone(THINGS, "a")
    assert (THINGS.add("a", b"2"), THINGS.get("a")) == (True, b"2")


def test_one_of_several_takes():
    THINGS.put("a", b"x")
    assert sorted(at_once([lambda: THINGS.take("a") or b""] * 8)) == [b""] * 7 + [b"x"]
    assert THINGS.usage() == Usage(0, 0)


def test_what_ran_out_is_neither_read_nor_taken_nor_listed():
    for key in ("a", "b"):
        THINGS.put(key, b"x", seconds=SOON)
    THINGS.put("c", b"x", seconds=60)
    gone(THINGS, "a")
    gone(THINGS, "b")
    assert (THINGS.take("b"), THINGS.keys()) == (None, ["c"])


@pytest.mark.parametrize("key", ["", "ü" * 151])
def test_a_key_without_or_with_too_many_bytes_is_refused(key):
    with pytest.raises(ValueError, match="300 bytes"):
        THINGS.put(key, b"x")


def test_a_namespace_holds_no_more_entries_than_it_may():
    for key in "abc":
        FEW_THINGS.put(key, b"x")
    with pytest.raises(StoreFull):
        FEW_THINGS.put("d", b"x")
    FEW_THINGS.put("a", b"y")
    assert FEW_THINGS.keys() == ["a", "b", "c"]


def test_a_namespace_holds_no_more_bytes_than_it_may():
    FEW_THINGS.put("a", b"x" * 60)
    with pytest.raises(StoreFull):
        FEW_THINGS.put("b", b"x" * 41)
    with pytest.raises(StoreFull):
        FEW_THINGS.put("b", b"", weight=41)
    FEW_THINGS.put("a", b"x" * 100)
    assert (FEW_THINGS.get("b"), FEW_THINGS.usage()) == (None, Usage(1, 100))


def test_what_ran_out_makes_room():
    for key in "abc":
        FEW_THINGS.put(key, b"x", seconds=SOON)
    gone(FEW_THINGS, "c")
    FEW_THINGS.put("d", b"x")
    assert (FEW_THINGS.keys(), FEW_THINGS.usage()) == (["d"], Usage(1, 1))


def test_a_full_namespace_leaves_room_in_others():
    for key in "abc":
        FEW_THINGS.put(key, b"x")
    THINGS.put("d", b"x")
    assert THINGS.keys() == ["d"]


def test_of_many_at_once_none_is_too_much():
    def put(number: int) -> bool:
        try:
            FEW_THINGS.put(f"k{number}", b"x")
        except StoreFull:
            return False
        return True

    assert sum(at_once([lambda n=n: put(n) for n in range(10)])) == 3
    assert FEW_THINGS.usage() == Usage(3, 3)


def test_what_runs_out_is_told_once():
    TOLD.put("a", b"1", seconds=SOON)
    TOLD.put("b", b"2", seconds=60)
    gone(TOLD, "a")
    assert [namespaces.run_expiries(), namespaces.run_expiries()] == [1, 0]
    assert things.told == [("a", b"1")]


def test_what_was_taken_replaced_or_renewed_is_not_told():
    for key in ("taken", "renewed"):
        TOLD.put(key, b"1", seconds=SOON)
    TOLD.take("taken")
    TOLD.put("renewed", b"2", seconds=60)
    time.sleep(2 * SOON)
    assert (namespaces.run_expiries(), things.told) == (0, [])


def test_what_ran_out_and_was_replaced_is_told():
    TOLD.put("a", b"1", seconds=SOON)
    gone(TOLD, "a")
    TOLD.put("a", b"2", seconds=60)
    namespaces.run_expiries()
    assert (things.told, TOLD.get("a")) == ([("a", b"1")], b"2")


def test_a_failure_is_told_again_and_given_up_in_the_end(monkeypatch):
    monkeypatch.setattr(namespaces, "LEASE_MS", 1)
    monkeypatch.setattr(namespaces, "MOST_TRIES", 3)
    things.failing.add("a")
    for key in ("a", "b"):
        TOLD.put(key, b"1", seconds=SOON)
    gone(TOLD, "b")
    until(lambda: namespaces.run_expiries() == 0 and keeper().claim(TOLD.room(), lease_ms=1) is None)
    assert things.told == [("b", b"1")]


def test_a_second_handler_and_a_second_namespace_are_refused():
    with pytest.raises(ValueError, match="already"):
        on_expiry(TOLD)(lambda key, value: None)
    with pytest.raises(ValueError, match="already"):
        Namespace("test_told", most_entries=1, most_bytes=1)


def test_of_many_workers_each_is_told_of_something_else(process, tmp_path):
    for number in range(200):
        TOLD.put(f"k{number}", b"x", seconds=SOON)
    gone(TOLD, "k199")
    workers = [process("tell", tmp_path / "told", 60_000, 0) for _ in range(3)]
    for worker in workers:
        worker.end()
    assert sorted((tmp_path / "told").read_text().split()) == sorted(f"k{number}=x" for number in range(200))


def test_what_a_killed_worker_was_told_of_is_told_again(process, tmp_path, monkeypatch):
    TOLD.put("a", b"1", seconds=SOON)
    gone(TOLD, "a")
    worker = process("tell", tmp_path / "told", 500, 600)
    until((tmp_path / "told").exists)
    worker.kill()
    until(lambda: namespaces.run_expiries() == 1)
    assert things.told == [("a", b"1")]


def test_a_killed_writer_leaves_nothing_half_done(process):
    writers = [process("scribble", name).wait_until_ready() for name in "abc"]
    until(lambda: THINGS.usage().entries > 20)
    for writer in writers:
        time.sleep(0.1)
        writer.kill()
    keys = THINGS.keys()
    assert THINGS.usage().entries >= len(keys) > 0
    for key in keys:
        THINGS.take(key)
    time.sleep(0.05)
    namespaces.run_expiries()
    assert THINGS.usage() == Usage(0, 0)
