"""One at a time, until it ends, dies or takes too long; without Redis there is no lock, and work goes on."""

import pytest
from redis.exceptions import ConnectionError as RedisAway

from ghar import once
from ghar.shared_redis import redis_client


def test_another_waits_outside_until_the_first_has_ended():
    with once.only_one("paint", token="first", seconds=60):
        with pytest.raises(once.Held), once.only_one("paint", token="second", seconds=60):
            pass
        with once.only_one("sweep", token="second", seconds=60):
            pass
    with once.only_one("paint", token="second", seconds=60):
        pass


def test_a_failure_gives_the_lock_back():
    with pytest.raises(LookupError), once.only_one("paint", token="first", seconds=60):
        raise LookupError
    assert redis_client().keys("ghar:once:*") == []


def test_the_same_run_may_begin_again():
    with once.only_one("paint", token="first", seconds=60), once.only_one("paint", token="first", seconds=60):
        pass


def test_a_lock_that_was_lost_is_not_taken_from_its_new_owner():
    with once.only_one("paint", token="first", seconds=60):
        redis_client().set("ghar:once:paint", "second")
    assert redis_client().get("ghar:once:paint") == b"second"


def test_it_ends_by_itself_when_its_owner_never_comes_back():
    with once.only_one("paint", token="first", seconds=60):
        assert 0 < redis_client().pttl("ghar:once:paint") <= 60_000


def test_without_redis_there_is_no_lock(monkeypatch):
    def refuse(*args: object) -> None:
        raise RedisAway("connection refused")

    monkeypatch.setattr(redis_client(), "eval", refuse)
    entered = []
    with once.only_one("paint", token="first", seconds=60), once.only_one("paint", token="second", seconds=60):
        entered.append("both")
    assert entered == ["both"]
