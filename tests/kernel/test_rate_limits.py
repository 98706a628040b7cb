"""Sliding windows: exact under concurrency, per client, never by a forged address, and alive without Redis."""

import time
from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4

import pytest
import time_machine
from django.core.exceptions import ImproperlyConfigured
from django.test import RequestFactory

from ghar import limits, shared_redis
from ghar.limits import Limit

SECOND = Limit(3, 60)


def test_never_more_than_the_limit_however_many_come_at_once():
    with ThreadPoolExecutor(32) as pool:
        verdicts = list(pool.map(lambda _: limits.take("burst", Limit(50, 60)), range(400)))
    assert sum(verdict.passed for verdict in verdicts) == 50


def test_the_window_slides():
    start = time.time()
    with time_machine.travel(start, tick=False) as traveller:
        assert [limits.take("slide", SECOND).passed for _ in range(4)] == [True, True, True, False]
        traveller.shift(30)
        assert limits.take("slide", SECOND).retry_after == 30
        traveller.shift(31)
        assert [limits.take("slide", SECOND).passed for _ in range(4)] == [True, True, True, False]


def test_the_verdict_tells_what_remains():
    assert [limits.take("remain", SECOND).remaining for _ in range(3)] == [2, 1, 0]


def test_over_the_limit_over_http(api, db):
    for _ in range(500):
        limits.take("global:127.0.0.1", Limit(500, 60))
    answer = api.get("/api/v1/amenities", headers={"Origin": "http://localhost:3000"})
    assert answer.status_code == 429
    assert answer.json()["error"]["code"] == "RATE_LIMIT_EXCEEDED"
    assert int(answer.headers["Retry-After"]) in range(1, 61)
    assert answer.headers["Access-Control-Allow-Origin"] == "http://localhost:3000"


def test_what_a_client_is_told(api, db):
    headers = api.get("/api/v1/amenities").headers
    assert (headers["X-RateLimit-Limit"], headers["X-RateLimit-Period"], headers["X-RateLimit-Remaining"]) == (
        "500", "60", "499",
    )  # fmt: skip


@pytest.mark.parametrize("path", ["/health", "/health/live", "/", "/metrics"])
def test_exempt_paths(api, db, path):
    assert "X-RateLimit-Limit" not in api.get(path).headers


def address(remote, forwarded, settings, trusted):
    settings.TRUSTED_PROXIES = trusted
    limits._trusted.cache_clear()
    try:
        return limits.client_address(RequestFactory().get("/", REMOTE_ADDR=remote, HTTP_X_FORWARDED_FOR=forwarded))
    finally:
        limits._trusted.cache_clear()


@pytest.mark.parametrize(
    ("remote", "forwarded", "trusted", "expected"),
    [
        ("9.9.9.9", "1.1.1.1", [], "9.9.9.9"),
        ("9.9.9.9", "1.1.1.1", ["10.0.0.0/8"], "9.9.9.9"),
        ("10.0.0.1", "1.1.1.1", ["10.0.0.0/8"], "1.1.1.1"),
        ("10.0.0.1", "6.6.6.6, 1.1.1.1", ["10.0.0.0/8"], "1.1.1.1"),
        ("10.0.0.1", "6.6.6.6, 1.1.1.1, 10.0.0.2", ["10.0.0.0/8"], "1.1.1.1"),
        ("10.0.0.1", "made up", ["10.0.0.0/8"], "10.0.0.1"),
        ("10.0.0.1", "", ["10.0.0.0/8"], "10.0.0.1"),
        ("::1", "2001:db8::7", ["::1/128"], "2001:db8::7"),
    ],
)
def test_the_address_of_a_client(remote, forwarded, trusted, expected, settings):
    assert address(remote, forwarded, settings, trusted) == expected


@pytest.fixture
def no_redis(settings):
    """Nothing listens where Redis should be."""
    there = settings.REDIS_URL
    settings.REDIS_URL = "redis://127.0.0.1:1/0"
    _forget_client()
    yield
    settings.REDIS_URL = there
    _forget_client()


def _forget_client():
    shared_redis.redis_client.cache_clear()
    limits._digest.cache_clear()
    shared_redis.wake_redis()


def test_without_redis_each_process_counts_for_itself(no_redis):
    key = uuid4().hex
    assert [limits.take(key, SECOND).passed for _ in range(4)] == [True, True, True, False]


def test_a_redis_that_was_started_anew_learns_the_script_again():
    key = uuid4().hex
    limits.take(key, SECOND)
    shared_redis.redis_client().script_flush()
    assert [limits.take(key, SECOND).passed for _ in range(3)] == [True, True, False]


def test_limits_from_the_settings():
    assert limits.parse("a=1/2, b=30/60,") == {"a": Limit(1, 2), "b": Limit(30, 60)}


@pytest.mark.parametrize("text", ["a", "a=1", "a=1/0", "=1/2", "a=x/2", "a=1/-2"])
def test_a_malformed_limit_is_named(text):
    with pytest.raises(ImproperlyConfigured, match="RATE_LIMITS"):
        limits.parse(text)
