"""Commands over a thread's own connection to Redis: lost connections are made anew, and no reply answers another."""

import os
from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4

import pytest
from redis.exceptions import ResponseError
from redis.exceptions import TimeoutError as TookTooLong

from ghar import shared_redis
from ghar.shared_redis import redis_client, redis_command


def own_number():
    return redis_command("CLIENT", "ID")


def test_replies_are_bytes_and_numbers():
    key = uuid4().hex
    assert redis_command("SET", key, "é") == b"OK"
    assert redis_command("GET", key) == "é".encode()
    assert redis_command("MGET", key, f"{key}:none") == ["é".encode(), None]
    assert redis_command("HINCRBY", f"{key}:hash", 17, 2) == 2


def test_a_thread_keeps_its_connection_and_another_has_its_own():
    here = own_number()
    with ThreadPoolExecutor(1) as thread:
        there = {thread.submit(own_number).result() for _ in range(3)}
    assert own_number() == here
    assert len(there) == 1
    assert here not in there


def test_a_connection_that_redis_closed_is_made_anew():
    here = own_number()
    redis_client().client_kill_filter(_id=here)
    assert own_number() > here


def test_what_redis_refuses_is_raised_and_the_connection_stays():
    here, key = own_number(), uuid4().hex
    redis_command("SET", key, "text")
    with pytest.raises(ResponseError, match="WRONGTYPE"):
        redis_command("HINCRBY", key, "a", 1)
    assert own_number() == here


@pytest.fixture
def impatient(monkeypatch):
    """A client that waits for a fifth of a second."""
    monkeypatch.setattr(shared_redis, "TIMEOUT_S", 0.2)
    redis_client.cache_clear()
    yield
    redis_client.cache_clear()


def test_a_reply_that_came_too_late_answers_nothing_else(impatient):
    key = uuid4().hex
    with pytest.raises(TookTooLong):
        redis_command("BLPOP", key, 1)
    assert redis_command("ECHO", "asked") == b"asked"
    redis_client().rpush(key, "late")
    assert redis_command("ECHO", "asked again") == b"asked again"


def test_a_process_that_was_forked_has_a_connection_of_its_own():
    here = own_number()
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.write(writing, str(own_number()).encode())
        os._exit(0)
    os.waitpid(child, 0)
    there = int(os.read(reading, 20))
    os.close(reading)
    os.close(writing)
    assert there != here
    assert own_number() == here
