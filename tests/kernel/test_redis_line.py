"""Commands over a thread's own connection to Redis: a lost one is made anew, and every reply answers its command."""

import os
from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4

import pytest
from redis.exceptions import ResponseError
from redis.exceptions import TimeoutError as TookTooLong

from ghar import redis_line, shared_redis
from ghar.redis_line import command
from ghar.shared_redis import redis_client


def own_number():
    return command("CLIENT", "ID")


def test_replies_are_bytes_and_numbers():
    key = uuid4().hex
    assert command("SET", key, "é") == b"OK"
    assert command("GET", key) == "é".encode()
    assert command("MGET", key, f"{key}:none") == ["é".encode(), None]
    assert command("HINCRBY", f"{key}:hash", 17, 2) == 2


def test_a_thread_keeps_its_connection_and_another_has_its_own():
    here = own_number()
    with ThreadPoolExecutor(1) as thread:
        there = {thread.submit(own_number).result() for _ in range(3)}
    assert own_number() == here
    assert len(there) == 1
    assert here not in there


def test_there_is_one_for_every_thread_that_ever_comes():
    most = redis_client().connection_pool.max_connections
    for _ in range(most + 5):
        with ThreadPoolExecutor(1) as thread:
            assert thread.submit(command, "PING").result() == b"PONG"


def test_a_connection_that_redis_closed_is_made_anew():
    here = own_number()
    redis_client().client_kill_filter(_id=here)
    assert own_number() > here


def test_what_redis_refuses_is_raised_and_the_connection_stays():
    here, key = own_number(), uuid4().hex
    command("SET", key, "text")
    with pytest.raises(ResponseError, match="WRONGTYPE"):
        command("HINCRBY", key, "a", 1)
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
        command("BLPOP", key, 1)
    assert command("ECHO", "asked") == b"asked"
    redis_client().rpush(key, "late")
    assert command("ECHO", "asked again") == b"asked again"


def test_replies_are_read_in_any_order():
    replies = [redis_line.send("ECHO", str(number)) for number in range(4)]
    assert command("ECHO", "between") == b"between"
    assert [reply.read() for reply in reversed(replies)] == [b"3", b"2", b"1", b"0"]
    assert [reply.read() for reply in replies] == [b"0", b"1", b"2", b"3"]


def test_a_refusal_belongs_to_its_own_command():
    key = uuid4().hex
    command("SET", key, "text")
    refused, fine = redis_line.send("HINCRBY", key, "a", 1), redis_line.send("GET", key)
    assert fine.read() == b"text"
    with pytest.raises(ResponseError, match="WRONGTYPE"):
        refused.read()


def test_what_was_not_read_when_the_connection_broke_is_asked_again():
    key, here = uuid4().hex, own_number()
    command("SET", key, "kept")
    redis_client().client_kill_filter(_id=here)
    replies = [redis_line.send("GET", key) for _ in range(3)]
    assert [reply.read() for reply in replies] == [b"kept"] * 3
    assert own_number() > here


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
