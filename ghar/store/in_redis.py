"""Kept in Redis, for any number of machines: each operation is one script, which no other command interrupts."""

from collections.abc import Sequence
from functools import cache
from typing import Any

from redis.commands.core import Script
from redis.exceptions import RedisError

from ghar.shared_redis import redis_client, redis_is_resting, rest_redis
from ghar.store.port import Expired, Put, Room, StoreAway, Usage

_PREFIX = "ghar:store:"
_PARTS = ("values", "weights", "ends", "bytes", "due", "due_keys", "due_values", "tries", "last")

# What every script begins with. KEYS are `_PARTS` of the namespace; ARGV[1] says whether expired entries are kept.
_COMMON = """
local values, weights, ends, bytes = KEYS[1], KEYS[2], KEYS[3], KEYS[4]
local due, due_keys, due_values, tries, last = KEYS[5], KEYS[6], KEYS[7], KEYS[8], KEYS[9]
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local function remove(key)
  redis.call('DECRBY', bytes, redis.call('HGET', weights, key))
  redis.call('HDEL', values, key)
  redis.call('HDEL', weights, key)
  redis.call('ZREM', ends, key)
end
local function ran_out(key)
  local moment = redis.call('ZSCORE', ends, key)
  return moment and tonumber(moment) <= now
end
local function settle(key)
  if ARGV[1] == '1' then
    local id = redis.call('INCR', last)
    redis.call('HSET', due_keys, id, key)
    redis.call('HSET', due_values, id, redis.call('HGET', values, key))
    redis.call('ZADD', due, now, id)
  end
  remove(key)
end
local function settle_all()
  local over = redis.call('ZRANGEBYSCORE', ends, '-inf', now, 'LIMIT', 0, 1000)
  for _, key in ipairs(over) do settle(key) end
  return #over
end
"""
_PUT = """
local key, value, weight, ttl, only_absent = ARGV[2], ARGV[3], tonumber(ARGV[4]), ARGV[5], ARGV[6]
if ran_out(key) then settle(key) end
local old = redis.call('HGET', weights, key)
if old and only_absent == '1' then return 'present' end
local function is_full()
  local entries = redis.call('HLEN', values) + (old and 0 or 1)
  local total = tonumber(redis.call('GET', bytes) or 0) - (old or 0) + weight
  return entries > tonumber(ARGV[7]) or total > tonumber(ARGV[8])
end
if is_full() then
  settle_all()
  if is_full() then return 'full' end
end
if old then remove(key) end
redis.call('HSET', values, key, value)
redis.call('HSET', weights, key, weight)
redis.call('INCRBY', bytes, weight)
if ttl ~= '' then redis.call('ZADD', ends, now + ttl, key) end
return 'kept'
"""
_GET = "if ran_out(ARGV[2]) then return false end return redis.call('HGET', values, ARGV[2])"
_TAKE = """
if ran_out(ARGV[2]) then settle(ARGV[2]) end
local value = redis.call('HGET', values, ARGV[2])
if value then remove(ARGV[2]) end
return value
"""
_KEYS = """
local live = {}
for _, key in ipairs(redis.call('HKEYS', values)) do
  if not ran_out(key) then live[#live + 1] = key end
end
return live
"""
_USAGE = "return {redis.call('HLEN', values), tonumber(redis.call('GET', bytes) or 0)}"
_EXPIRE = "return settle_all()"
_CLAIM = """
local id = redis.call('ZRANGEBYSCORE', due, '-inf', now, 'LIMIT', 0, 1)[1]
if not id then return false end
redis.call('ZADD', due, now + ARGV[2], id)
local tried = redis.call('HINCRBY', tries, id, 1)
return {id, redis.call('HGET', due_keys, id), redis.call('HGET', due_values, id), tried}
"""
_CONFIRM = """
redis.call('ZREM', due, ARGV[2])
for _, part in ipairs({due_keys, due_values, tries}) do redis.call('HDEL', part, ARGV[2]) end
"""
# KEYS[1] the slots by the end of their time; ARGV: token, limit, milliseconds.
_ACQUIRE = """
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', now)
if not redis.call('ZSCORE', KEYS[1], ARGV[1]) and redis.call('ZCARD', KEYS[1]) >= tonumber(ARGV[2]) then return 0 end
redis.call('ZADD', KEYS[1], now + ARGV[3], ARGV[1])
redis.call('PEXPIRE', KEYS[1], ARGV[3], 'GT')
redis.call('PEXPIRE', KEYS[1], ARGV[3], 'NX')
return 1
"""


class RedisKeeper:
    """See `port.Keeper`."""

    def put(self, room: Room, key: str, value: bytes, *, weight: int, ttl_ms: int | None, only_absent: bool) -> Put:
        """Keep a value."""
        ttl = "" if ttl_ms is None else ttl_ms
        return Put(_ask(_PUT, room, key, value, weight, ttl, int(only_absent), room.most_entries, room.most_bytes))

    def get(self, room: Room, key: str) -> bytes | None:
        """What is kept."""
        found: bytes | None = _ask(_GET, room, key)
        return found

    def take(self, room: Room, key: str) -> bytes | None:
        """What was kept."""
        found: bytes | None = _ask(_TAKE, room, key)
        return found

    def keys(self, room: Room) -> list[str]:
        """Of what has not run out."""
        return [key.decode() for key in _ask(_KEYS, room)]

    def usage(self, room: Room) -> Usage:
        """How much there is."""
        return Usage(*_ask(_USAGE, room))

    def expire(self, room: Room) -> int:
        """Remove what ran out."""
        return int(_ask(_EXPIRE, room))

    def claim(self, room: Room, *, lease_ms: int) -> Expired | None:
        """Have an expired entry."""
        claimed = _ask(_CLAIM, room, lease_ms)
        if claimed is None:
            return None
        number, key, value, tries = claimed
        return Expired(int(number), key.decode(), value, tries)

    def confirm(self, room: Room, expired: int) -> None:
        """Be done with it."""
        _ask(_CONFIRM, room, expired)

    def acquire(self, name: str, token: str, *, limit: int, lease_ms: int) -> bool:
        """Have a slot."""
        return bool(_run(_ACQUIRE, [_slots(name)], [token, limit, lease_ms]))

    def release(self, name: str, token: str) -> None:
        """Give it back."""
        _insist_on_redis()
        try:
            redis_client().zrem(_slots(name), token)
        except RedisError as fault:
            rest_redis(fault)
            raise StoreAway from fault

    def clear(self) -> None:
        """Forget everything."""
        _insist_on_redis()
        for key in redis_client().scan_iter(f"{_PREFIX}*"):
            redis_client().delete(key)


def _slots(name: str) -> str:
    return f"{_PREFIX}slots:{name}"


def _ask(script: str, room: Room, *arguments: Any) -> Any:
    keys = [f"{_PREFIX}{room.name}:{part}" for part in _PARTS]
    return _run(_COMMON + script, keys, [int(room.keeps_expired), *arguments])


def _run(text: str, keys: Sequence[str], arguments: Sequence[Any]) -> Any:
    _insist_on_redis()
    try:
        return _script(text)(keys=keys, args=arguments, client=redis_client())
    except RedisError as fault:
        rest_redis(fault)
        raise StoreAway from fault


def _insist_on_redis() -> None:
    if redis_is_resting():
        raise StoreAway


@cache
def _script(text: str) -> Script:
    """Known to Redis by its digest, and sent anew when Redis has forgotten it."""
    return redis_client().register_script(text)
