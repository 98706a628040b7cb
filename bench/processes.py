"""What processes cost, from /proc: CPU of a server's tree and of PostgreSQL, and memory."""

import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg

TICK = 1 / os.sysconf("SC_CLK_TCK")
PROC = Path("/proc")


def tree(root: int) -> list[int]:
    """A process and all its descendants."""
    children: dict[int, list[int]] = {}
    for pid in _all():
        if (fields := _stat(pid)) is not None:
            children.setdefault(int(fields[1]), []).append(pid)
    found = [root]
    for pid in found:
        found += children.get(pid, [])
    return found


def cpu(pid: int) -> float | None:
    """User and system seconds of a process with all its threads; None when it has ended."""
    fields = _stat(pid)
    return None if fields is None else (int(fields[11]) + int(fields[12])) * TICK


def cpu_of(pids: Iterable[int]) -> float:
    """The CPU seconds of several processes."""
    return sum(cpu(pid) or 0.0 for pid in pids)


@dataclass(frozen=True)
class Memory:
    """Kilobytes: resident, and proportional (shared pages divided among those who share them)."""

    rss: int
    pss: int


def memory(pid: int) -> Memory:
    """The memory of a process of this user."""
    lines = (PROC / str(pid) / "smaps_rollup").read_text().splitlines()[1:]
    sizes = {name: int(rest.split()[0]) for name, _, rest in (line.partition(":") for line in lines)}
    return Memory(sizes["Rss"], sizes["Pss"])


@dataclass(frozen=True)
class PostgresCpu:
    """CPU seconds at one moment: of each server process of our database, of each other one, and of all that ended."""

    ours: dict[int, float]
    others: dict[int, float]
    ended: float

    def since(self, before: "PostgresCpu") -> float:
        """What our processes used in between, those included that began and ended in between.

        PostgreSQL's first process adds up whatever its children used by the time they end. Of that, what is known to
        belong to others is taken away; a foreign process that began and ended in between cannot be told from ours.
        """
        foreign = sum(seconds for pid, seconds in before.others.items() if pid not in self.others)
        ours = sum(self.ours.values()) - sum(before.ours.values())
        return max(0.0, ours + self.ended - before.ended - foreign)


class Postgres:
    """The server behind a connection, when it runs on this machine."""

    def __init__(self, connection: psycopg.Connection[Any]) -> None:
        self._connection = connection
        self._first = _parent_of_backend(connection.info.backend_pid)

    @property
    def is_here(self) -> bool:
        """Does the server run on this machine, where its CPU can be read?"""
        return self._first is not None

    def cpu(self) -> PostgresCpu | None:
        """Its CPU now, without the connection that asks; None when it runs elsewhere."""
        if self._first is None:
            return None
        query = "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
        our_pids = {pid for (pid,) in self._connection.execute(query)}
        children = [pid for pid in _all() if (fields := _stat(pid)) is not None and int(fields[1]) == self._first]
        used = {pid: seconds for pid in children if (seconds := cpu(pid)) is not None}
        fields = _stat(self._first) or []
        return PostgresCpu(
            ours={pid: seconds for pid, seconds in used.items() if pid in our_pids},
            others={pid: seconds for pid, seconds in used.items() if pid not in our_pids},
            ended=(int(fields[13]) + int(fields[14])) * TICK,
        )


def _parent_of_backend(pid: int) -> int | None:
    fields = _stat(pid)
    if fields is None or not (PROC / str(pid) / "comm").read_text().startswith("postgres"):
        return None
    return int(fields[1])


def _all() -> list[int]:
    return [int(entry.name) for entry in PROC.iterdir() if entry.name.isdigit()]


def _stat(pid: int) -> list[str] | None:
    """The fields of /proc/PID/stat behind the name (which may hold anything): state, parent, and so on."""
    try:
        text = (PROC / str(pid) / "stat").read_text()
    except (FileNotFoundError, ProcessLookupError):
        return None
    return text.rpartition(")")[2].split()
