"""What is measured of live updates, and what must hold."""

import random
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from statistics import quantiles
from typing import Any

from bench import processes
from bench.realtime import ears
from bench.realtime.ears import SOCKET, STREAM, Heard, Wish
from bench.realtime.stage import Person, Stage
from bench.report import Check
from bench.servers import Server
from bench.workers import Worker

Say = Callable[[str], None]
SETTLING_S = 2.0
P99_MS = 250.0
DEVICES = 10
"""Readers that one person has open."""


@dataclass(frozen=True)
class Size:
    """How much of each. `reconnects` are forced ones, of all readers together."""

    streams: int = 5000
    sockets: int = 2000
    fan_out: int = 1000
    rate: float = 200.0
    seconds: float = 20.0
    readers: int = 60
    events: int = 6000
    reconnects: int = 720
    notices: int = 10_000


QUICK = Size(streams=500, sockets=200, fan_out=200, seconds=4.0, readers=20, events=600, reconnects=100, notices=500)


@dataclass
class Outcome:
    """What one case gave: figures by name, and what had to hold."""

    case: str
    server: str
    figures: dict[str, Any] = field(default_factory=dict)
    checks: list[Check] = field(default_factory=list)

    def check(self, text: str, value: float, passed: bool) -> None:
        """Note whether something held."""
        self.checks.append(Check(f"{self.case}, {self.server}: {text}", value, passed))


@contextmanager
def _listening(server: Server) -> Iterator[Callable[..., Any]]:
    """Readers in a process of their own: `ask(function, *arguments)` has it do something."""
    worker = Worker("readers")

    def ask(function: Callable[..., Any], *arguments: Any) -> Any:
        worker.begin(function, *arguments)
        return worker.result()

    try:
        yield ask
    finally:
        worker.end()


def idle(stage: Stage, size: Size, say: Say) -> Outcome:
    """Thousands that wait, on one process: what each costs in memory, and that each is still there."""
    outcome = Outcome("idle", "granian")
    people = stage.people(max(size.streams, size.sockets) // DEVICES)
    most = str(size.streams + size.sockets)
    with stage.server("granian", SSE_MOST=most, SOCKETS_MOST=most) as server, _listening(server) as ask:
        memory = _memory(server)
        for kind, count in ((STREAM, size.streams), (SOCKET, size.sockets)):
            say(f"idle: open {count} {kind}s ...")
            began = time.perf_counter()
            ask(ears.open_ears, server.port, _wishes(people, count, kind))
            outcome.figures[f"seconds_to_open_{kind}s"] = round(time.perf_counter() - began, 1)
            memory = _note_memory(outcome, server, kind, count, memory)
        with stage.voice([one.id for one in people], events=len(people), rate=100.0) as voice:
            voice.begin()
            say("idle: tell everybody once ...")
            heard = ask(ears.listen, 1, 60.0)
    told = sum(one.numbers == [0] for one in heard)
    outcome.figures |= {"open": len(heard), "told": told}
    outcome.check(f"all of {len(heard)} are told", told, told == len(heard) == size.streams + size.sockets)
    return outcome


def _wishes(people: Sequence[Person], count: int, kind: str) -> list[Wish]:
    return [Wish(people[number % len(people)].token, kind) for number in range(count)]


def _memory(server: Server) -> int:
    """Kilobytes of the server's processes, after a while in which it does what is left to do."""
    time.sleep(SETTLING_S)
    return sum(processes.memory(pid).pss for pid in server.pids())


def _note_memory(outcome: Outcome, server: Server, kind: str, count: int, before: int) -> int:
    now = _memory(server)
    outcome.figures |= {
        f"memory_mb_with_{kind}s": round(now / 1024, 1),
        f"memory_kb_a_{kind}": round((now - before) / count, 1),
    }
    return now


def fan_out(stage: Stage, size: Size, say: Say) -> Outcome:
    """Events at a steady rate, each to every reader of its person: how late they come."""
    outcome = Outcome("fan-out", "granian")
    people = stage.people(size.fan_out // DEVICES)
    events = int(size.rate * size.seconds)
    with stage.server("granian") as server, _listening(server) as ask:
        ask(ears.open_ears, server.port, _wishes(people, size.fan_out, STREAM))
        say(f"fan-out: {size.rate:.0f} events a second to {size.fan_out} streams for {size.seconds:.0f} s ...")
        with stage.voice([one.id for one in people], events=events, rate=size.rate) as voice:
            began = time.perf_counter()
            voice.begin()
            heard = ask(ears.listen, events // len(people), size.seconds + 30)
            elapsed = time.perf_counter() - began
    _note_order(outcome, heard, events // len(people))
    delays = [1000 * delay for one in heard for delay in one.delays]
    cuts = quantiles(delays, n=100)
    outcome.figures |= {
        "events": events,
        "readers_of_an_event": DEVICES,
        "frames_a_second": round(len(delays) / elapsed),
        "p50_ms": round(cuts[49], 1),
        "p95_ms": round(cuts[94], 1),
        "p99_ms": round(cuts[98], 1),
        "worst_ms": round(max(delays), 1),
    }
    outcome.check(f"99 of 100 come within {P99_MS:.0f} ms", outcome.figures["p99_ms"], cuts[98] < P99_MS)
    return outcome


def reconnects(stage: Stage, size: Size, say: Say, *, server: str) -> Outcome:
    """Readers that break off again and again hear everything once and in order."""
    outcome = Outcome("reconnects", server)
    people = stage.people(size.readers // DEVICES)
    each = size.events // len(people)
    wishes = [
        Wish(one.token, breaks=_breaks(number, each, size.reconnects // size.readers))
        for number, one in enumerate(people * DEVICES)
    ]
    with stage.server(server) as running, _listening(running) as ask:
        ask(ears.open_ears, running.port, wishes)
        say(f"reconnects, {server}: {size.events} events, {size.reconnects} reconnects ...")
        with stage.voice([one.id for one in people], events=size.events, rate=size.rate) as voice:
            voice.begin()
            heard = ask(ears.listen, each, size.events / size.rate + 60)
            told = voice.told()
    made = sum(one.reconnects for one in heard)
    outcome.figures |= {"events": told, "readers": len(heard), "reconnects": made}
    _note_order(outcome, heard, each)
    outcome.check("connections broken off", made, made >= size.reconnects)
    return outcome


def _breaks(seed: int, events: int, count: int) -> tuple[int, ...]:
    """After how many events one reader breaks off, the same in each run."""
    return tuple(sorted(random.Random(seed).sample(range(1, events), count)))


def _note_order(outcome: Outcome, heard: Sequence[Heard], events: int) -> None:
    """What each reader missed, heard twice, or heard too late."""
    lost = sum(len(set(range(events)) - set(one.numbers)) for one in heard)
    repeated = sum(len(one.numbers) - len(set(one.numbers)) for one in heard)
    disordered = sum(a > b for one in heard for a, b in zip(one.numbers, one.numbers[1:], strict=False))
    outcome.figures |= {"lost": lost, "repeated": repeated, "out_of_order": disordered}
    outcome.figures["resets"] = sum(one.resets for one in heard)
    wrong = lost + repeated + disordered
    outcome.check("events lost, repeated or out of order", wrong, wrong == 0)
