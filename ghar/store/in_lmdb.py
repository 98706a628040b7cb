"""Kept in LMDB, for one machine without a service: a file that its processes share.

A write is a transaction that LMDB makes durable or forgets, so a killed process leaves nothing half done and holds no
lock. An environment must not pass a fork, so it is closed before one and opened again when it is needed.
"""

import os
import struct
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import lmdb
from django.conf import settings

from ghar.store.port import Expired, Put, Room, StoreAway, StoreFull, Usage

NEVER = 2**64 - 1
_ENTRY = struct.Struct(">QQ")  # when it runs out, weight; the value follows
_TOTALS = struct.Struct(">QQQ")  # entries, bytes, the last id of an expired entry
_DUE = struct.Struct(">QIH")  # when it may be claimed, tries, length of the key; key and value follow
_MOMENT = struct.Struct(">Q")
_AT_ONCE = 1000


class LmdbKeeper:
    """See `port.Keeper`. Threads of a process take turns."""

    def __init__(self) -> None:
        self._lock = threading.RLock()
        self._environment: lmdb.Environment | None = None
        os.register_at_fork(
            before=self._before_fork, after_in_parent=self._lock.release, after_in_child=self._lock.release
        )

    def put(self, room: Room, key: str, value: bytes, *, weight: int, ttl_ms: int | None, only_absent: bool) -> Put:
        """Keep a value."""
        with self._write() as step:
            space = _Space(step, room)
            old = space.live(key)
            if old is not None and only_absent:
                return Put.PRESENT
            if space.is_too_much(old, weight):
                space.settle_all()
                if space.is_too_much(old, weight):
                    return Put.FULL
            space.remove(key)
            space.write(key, value, weight, NEVER if ttl_ms is None else step.now + ttl_ms)
        return Put.KEPT

    def get(self, room: Room, key: str) -> bytes | None:
        """What is kept."""
        with self._read() as step:
            found = _Space(step, room).find(key)
            return None if found is None or found.ends <= step.now else found.value

    def take(self, room: Room, key: str) -> bytes | None:
        """What was kept."""
        with self._write() as step:
            space = _Space(step, room)
            found = space.live(key)
            space.remove(key)
            return None if found is None else found.value

    def keys(self, room: Room) -> list[str]:
        """Of what has not run out."""
        with self._read() as step:
            return [
                key.decode() for key, raw in step.below("entries", room.name) if _ENTRY.unpack_from(raw)[0] > step.now
            ]

    def usage(self, room: Room) -> Usage:
        """How much there is."""
        with self._read() as step:
            entries, used, _ = _Space(step, room).totals()
            return Usage(entries, used)

    def expire(self, room: Room) -> int:
        """Remove what ran out."""
        with self._write() as step:
            return _Space(step, room).settle_all()

    def claim(self, room: Room, *, lease_ms: int) -> Expired | None:
        """Have an expired entry."""
        with self._write() as step:
            for number, raw in step.below("due", room.name):
                ready, tries, length = _DUE.unpack_from(raw)
                if ready <= step.now:
                    rest = raw[_DUE.size :]
                    step.put("due", room.name, number, _DUE.pack(step.now + lease_ms, tries + 1, length) + rest)
                    return Expired(_MOMENT.unpack(number)[0], rest[:length].decode(), rest[length:], tries + 1)
        return None

    def confirm(self, room: Room, expired: int) -> None:
        """Be done with it."""
        with self._write() as step:
            step.delete("due", room.name, _MOMENT.pack(expired))

    def acquire(self, name: str, token: str, *, limit: int, lease_ms: int) -> bool:
        """Have a slot."""
        with self._write() as step:
            held = dict(step.below("slots", name))
            for other, moment in tuple(held.items()):
                if _MOMENT.unpack(moment)[0] <= step.now:
                    step.delete("slots", name, other)
                    del held[other]
            if token.encode() not in held and len(held) >= limit:
                return False
            step.put("slots", name, token.encode(), _MOMENT.pack(step.now + lease_ms))
        return True

    def release(self, name: str, token: str) -> None:
        """Give it back."""
        with self._write() as step:
            step.delete("slots", name, token.encode())

    def clear(self) -> None:
        """Forget everything."""
        with self._write() as step:
            step.clear()

    def close(self) -> None:
        """Until it is needed again."""
        with self._lock:
            if self._environment is not None:
                self._environment.close()
                self._environment = None

    def _before_fork(self) -> None:
        self._lock.acquire()
        self.close()

    @contextmanager
    def _write(self) -> "Iterator[_Step]":
        with self._step(writes=True) as step:
            yield step

    @contextmanager
    def _read(self) -> "Iterator[_Step]":
        with self._step(writes=False) as step:
            yield step

    @contextmanager
    def _step(self, *, writes: bool) -> "Iterator[_Step]":
        with self._lock:
            try:
                environment = self._environment = self._environment or _opened()
                with environment.begin(write=writes) as transaction:
                    yield _Step(environment, transaction)
            except lmdb.MapFullError as full:
                raise StoreFull from full
            except (lmdb.Error, OSError) as fault:
                raise StoreAway from fault


def _opened() -> lmdb.Environment:
    """The tables are made by whoever comes first."""
    settings.STORE_PATH.mkdir(parents=True, exist_ok=True)
    environment = lmdb.open(
        str(settings.STORE_PATH), map_size=settings.STORE_BYTES, max_dbs=len(_Step.TABLES), metasync=False
    )
    for name in _Step.TABLES:
        environment.open_db(name.encode())
    return environment


class _Step:
    """One transaction, over tables whose keys begin with a name and a zero byte."""

    TABLES = ("entries", "ends", "totals", "due", "slots")

    def __init__(self, environment: lmdb.Environment, transaction: lmdb.Transaction) -> None:
        self.now = time.time_ns() // 1_000_000
        self._transaction = transaction
        self._tables = {name: environment.open_db(name.encode(), txn=transaction) for name in self.TABLES}

    def get(self, table: str, name: str, key: bytes = b"") -> bytes | None:
        found = self._transaction.get(_joined(name, key), db=self._tables[table])
        return None if found is None else bytes(found)

    def put(self, table: str, name: str, key: bytes, value: bytes) -> None:
        self._transaction.put(_joined(name, key), value, db=self._tables[table])

    def delete(self, table: str, name: str, key: bytes) -> None:
        self._transaction.delete(_joined(name, key), db=self._tables[table])

    def below(self, table: str, name: str) -> Iterator[tuple[bytes, bytes]]:
        """Keys without the name, and values, in the order of the keys. Whoever writes meanwhile must stop reading."""
        start = _joined(name, b"")
        with self._transaction.cursor(db=self._tables[table]) as cursor:
            there = cursor.set_range(start)
            while there and (key := bytes(cursor.key())).startswith(start):
                yield key[len(start) :], bytes(cursor.value())
                there = cursor.next()

    def clear(self) -> None:
        for table in self._tables.values():
            self._transaction.drop(table, delete=False)


def _joined(name: str, key: bytes) -> bytes:
    return name.encode() + b"\0" + key


class _Found:
    """An entry as it is written."""

    def __init__(self, raw: bytes) -> None:
        self.ends, self.weight = _ENTRY.unpack_from(raw)
        self.value = raw[_ENTRY.size :]


class _Space:
    """One namespace within a transaction."""

    def __init__(self, step: _Step, room: Room) -> None:
        self._step = step
        self._room = room

    def totals(self) -> tuple[int, int, int]:
        raw = self._step.get("totals", self._room.name)
        entries, used, last = _TOTALS.unpack(raw) if raw else (0, 0, 0)
        return entries, used, last

    def find(self, key: str) -> _Found | None:
        raw = self._step.get("entries", self._room.name, key.encode())
        return None if raw is None else _Found(raw)

    def live(self, key: str) -> _Found | None:
        """The entry, unless it ran out; then it is settled."""
        found = self.find(key)
        if found is not None and found.ends <= self._step.now:
            self._settle(key)
            return None
        return found

    def is_too_much(self, old: _Found | None, weight: int) -> bool:
        entries, used, _ = self.totals()
        entries, used = (entries + 1, used) if old is None else (entries, used - old.weight)
        return entries > self._room.most_entries or used + weight > self._room.most_bytes

    def write(self, key: str, value: bytes, weight: int, ends: int) -> None:
        self._step.put("entries", self._room.name, key.encode(), _ENTRY.pack(ends, weight) + value)
        if ends != NEVER:
            self._step.put("ends", self._room.name, _MOMENT.pack(ends) + key.encode(), b"")
        self._count(1, weight)

    def remove(self, key: str) -> None:
        found = self.find(key)
        if found is not None:
            self._step.delete("entries", self._room.name, key.encode())
            self._step.delete("ends", self._room.name, _MOMENT.pack(found.ends) + key.encode())
            self._count(-1, -found.weight)

    def settle_all(self) -> int:
        over: list[str] = []
        for raw, _ in self._step.below("ends", self._room.name):
            if _MOMENT.unpack_from(raw)[0] > self._step.now or len(over) == _AT_ONCE:
                break
            over.append(raw[_MOMENT.size :].decode())
        for key in over:
            self._settle(key)
        return len(over)

    def _settle(self, key: str) -> None:
        found = self.find(key)
        if found is not None and self._room.keeps_expired:
            number = self.totals()[2] + 1
            name = key.encode()
            due = _DUE.pack(self._step.now, 0, len(name)) + name + found.value
            self._step.put("due", self._room.name, _MOMENT.pack(number), due)
            self._count(0, 0, last=number)
        self.remove(key)

    def _count(self, entries: int, used: int, *, last: int | None = None) -> None:
        had = self.totals()
        totals = _TOTALS.pack(had[0] + entries, had[1] + used, had[2] if last is None else last)
        self._step.put("totals", self._room.name, b"", totals)
