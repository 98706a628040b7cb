"""Rate limits: exact sliding windows in Redis, one over all routes and tighter ones an operation.

Exact means: of N calls at once, never more than the limit pass. One Lua script reads and writes a sorted set of
the calls within the window; no other command can come between.
"""

import ipaddress
import threading
import time
from collections import defaultdict, deque
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, cached_property, partial
from typing import Any

import structlog
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.http import HttpRequest
from redis import Redis
from redis.exceptions import NoScriptError, RedisError

from ghar import redis_line, request_ids
from ghar.actors import Actor
from ghar.errors import TooMany
from ghar.shared_redis import redis_client, redis_is_resting, rest_redis

log = structlog.get_logger(__name__)

# KEYS[1] the window; ARGV: now (microseconds), length, limit, a unique member. Answers {passed, remaining, wait}.
_SLIDE = """
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', ARGV[1] - ARGV[2])
local used = redis.call('ZCARD', KEYS[1])
if used >= tonumber(ARGV[3]) then
  local oldest = redis.call('ZRANGE', KEYS[1], 0, 0, 'WITHSCORES')
  return {0, 0, oldest[2] + ARGV[2] - ARGV[1]}
end
redis.call('ZADD', KEYS[1], ARGV[1], ARGV[4])
redis.call('PEXPIRE', KEYS[1], math.ceil(ARGV[2] / 1000))
return {1, ARGV[3] - used - 1, 0}
"""


TOLD_BY = "X-RateLimit-Limit"
"""The header by which an answer tells of a limit; the others come with it."""


@dataclass(frozen=True, slots=True)
class Limit:
    """`count` calls in any `seconds`."""

    count: int
    seconds: int


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a call passed, how many remain, and the seconds until the next one would."""

    passed: bool
    remaining: int
    retry_after: int


class LocalWindows:
    """The same windows in this process alone, for the time that Redis is away. Bounded in size."""

    MOST_KEYS = 10_000

    def __init__(self) -> None:
        self._calls: dict[str, deque[float]] = defaultdict(deque)
        self._lock = threading.Lock()

    def take(self, key: str, limit: Limit) -> Verdict:
        """Count one call."""
        now = time.monotonic()
        with self._lock:
            if len(self._calls) > self.MOST_KEYS:
                self._calls.clear()
            calls = self._calls[key]
            while calls and calls[0] <= now - limit.seconds:
                calls.popleft()
            if len(calls) >= limit.count:
                return Verdict(False, 0, max(1, round(calls[0] + limit.seconds - now)))
            calls.append(now)
            return Verdict(True, limit.count - len(calls), 0)

    def give_back(self, key: str) -> None:
        """Take the latest count back."""
        with self._lock:
            if calls := self._calls.get(key):
                calls.pop()

    def forget(self, key: str) -> None:
        """Drop a window."""
        with self._lock:
            self._calls.pop(key, None)


_local = LocalWindows()


@cache
def _digest() -> str:
    return str(redis_client().script_load(_SLIDE))


class CountedCall:
    """A call that is being counted against a window."""

    def __init__(self, wait: Callable[[], Verdict]) -> None:
        self._wait = wait

    @cached_property
    def verdict(self) -> Verdict:
        """Waits for it when it is asked for first."""
        return self._wait()


def begin(key: str, limit: Limit) -> CountedCall:
    """Begin to count one call against a window. Redis counts until the verdict is asked for.

    While Redis is away, each process counts for itself.
    """
    if redis_is_resting():
        return CountedCall(partial(_local.take, key, limit))
    now = time.time_ns() // 1000
    call = (1, f"ghar:limit:{key}", now, limit.seconds * 1_000_000, limit.count, request_ids.new())
    try:
        reply = redis_line.send("EVALSHA", _digest(), *call)
    except RedisError as fault:
        rest_redis(fault)
        return CountedCall(partial(_local.take, key, limit))
    return CountedCall(partial(_verdict, reply, call, key, limit))


def _verdict(reply: redis_line.Reply, call: redis_line.Words, key: str, limit: Limit) -> Verdict:
    """What the script said. A call that was sent twice has one member, so it counts once."""
    try:
        passed, remaining, wait = _said(reply, call)
    except RedisError as fault:
        rest_redis(fault)
        return _local.take(key, limit)
    return Verdict(bool(passed), int(remaining), -(-int(float(wait)) // 1_000_000))


def _said(reply: redis_line.Reply, call: redis_line.Words) -> Any:
    try:
        return reply.read()
    except NoScriptError:  # Redis was started anew; running the text teaches it the digest again
        return redis_line.command("EVAL", _SLIDE, *call)


def take(key: str, limit: Limit) -> Verdict:
    """Count one call against a window."""
    return begin(key, limit).verdict


def insist(limit: Limit, verdict: Verdict) -> None:
    """Raise TooMany unless the call passed."""
    if not verdict.passed:
        raise TooMany(headers={"Retry-After": str(max(1, verdict.retry_after)), **headers(limit, verdict)})


def enforce(key: str, limit: Limit) -> Verdict:
    """Count one call, or raise TooMany."""
    verdict = take(key, limit)
    insist(limit, verdict)
    return verdict


def give_back(key: str) -> None:
    """Take the latest count of a window back, for instance after a success where failures alone count; the counts
    before it stay."""
    _local.give_back(key)
    _change_shared(lambda redis: redis.zpopmax(f"ghar:limit:{key}"))


def forget(key: str) -> None:
    """Begin a window anew, for instance after a success that ends a row of failures."""
    _local.forget(key)
    _change_shared(lambda redis: redis.delete(f"ghar:limit:{key}"))


def _change_shared(change: Callable[[Redis], object]) -> None:
    """Change a window that processes share, unless Redis is away."""
    if redis_is_resting():
        return
    try:
        change(redis_client())
    except RedisError as fault:
        rest_redis(fault)


def headers(limit: Limit, verdict: Verdict) -> dict[str, str]:
    """What a client may know of its budget."""
    return {
        TOLD_BY: str(limit.count),
        "X-RateLimit-Period": str(limit.seconds),
        "X-RateLimit-Remaining": str(verdict.remaining),
    }


def count(name: str, declared: Limit | None, request: HttpRequest, actor: Actor) -> None:
    """Count a call of an operation that has a limit of its own: a user's calls, or an address's."""
    limit = _from_settings().get(name, declared)
    if limit is not None:
        who = f"user:{actor.id}" if actor.is_signed_in else f"ip:{client_address(request)}"
        enforce(f"{name}:{who}", limit)


def configured(name: str, declared: Limit) -> Limit:
    """The limit of that name: what the setting RATE_LIMITS says, else what is declared in the code."""
    return _from_settings().get(name, declared)


@cache
def _from_settings() -> dict[str, Limit]:
    return parse(settings.RATE_LIMITS)


def parse(text: str) -> dict[str, Limit]:
    """`name=count/seconds, ...` as limits. Raises ImproperlyConfigured naming the wrong entry."""
    limits = {}
    for entry in filter(None, (part.strip() for part in text.split(","))):
        name, _, amount = entry.partition("=")
        calls, _, seconds = amount.partition("/")
        if not (name and calls.isdigit() and seconds.isdigit() and int(seconds)):
            raise ImproperlyConfigured(f"RATE_LIMITS: {entry!r} is not `operation=count/seconds`.")
        limits[name.strip()] = Limit(int(calls), int(seconds))
    return limits


@cache
def _trusted() -> list[ipaddress.IPv4Network | ipaddress.IPv6Network]:
    return [ipaddress.ip_network(network, strict=False) for network in settings.TRUSTED_PROXIES]


def client_address(request: HttpRequest) -> str:
    """The client's address. A forwarded header is read only from a trusted proxy, and from the right:
    the first address there that is not itself a trusted proxy is the one that such a proxy saw."""
    return address_of(request.META.get("REMOTE_ADDR") or "unknown", request.META.get("HTTP_X_FORWARDED_FOR", ""))


def address_of(peer: str, forwarded: str) -> str:
    """The same of the two values themselves."""
    if not _trusted() or not _is_trusted(peer):
        return peer
    for hop in reversed(forwarded.split(",")):
        address = hop.strip()
        if address and not _is_trusted(address):
            return address if _is_address(address) else peer
    return peer


def _is_trusted(address: str) -> bool:
    return _is_address(address) and any(ipaddress.ip_address(address) in network for network in _trusted())


def _is_address(text: str) -> bool:
    try:
        ipaddress.ip_address(text)
    except ValueError:
        return False
    return True
