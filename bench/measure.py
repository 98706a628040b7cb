"""Takes turns: every contender at every case in short windows, round after round, so that all meet the same machine."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from bench import load, processes
from bench.by_hand import Clients, Work
from bench.cases import BASE, Case
from bench.inside import Inside
from bench.processes import Postgres
from bench.servers import Server
from bench.stats import percentile
from bench.workers import Worker
from bench.writing import Ledger

CONNECTIONS = (1, 8, 32)
MAIN = 8
"""The number of connections at which contenders are compared and thresholds hold."""
MOST_WRITES = 4000
"""Requests that are made beforehand for each second of a case that writes."""


@dataclass(frozen=True)
class Window:
    """One contender at one case for a few seconds. Latencies in milliseconds, CPU in milliseconds a request.

    `cpu_load` is what the load generator itself used; `cpu_postgres` is None when PostgreSQL is on another machine.
    """

    round: int
    case: str
    contender: str
    connections: int
    answers: int
    rate: float
    p50: float
    p95: float
    p99: float
    cpu: float
    cpu_postgres: float | None
    cpu_load: float


class WrongAnswers(Exception):
    """A contender did not answer every request with a 200 or a 201."""


class Contender(Protocol):
    """Something that does the work of a case."""

    name: str
    all_levels: bool
    """False: at `MAIN` connections only."""

    def can(self, case: Case) -> bool:
        """Does it take part in this case?"""

    def run(self, case: Case, connections: int, seconds: float) -> load.Outcome:
        """Do the case's work for a while."""

    def pids(self) -> list[int]:
        """The processes whose CPU is its own."""


@dataclass
class OverHttp:
    """A server, asked by the load generator."""

    name: str
    server: Server
    generator: Worker
    inside: Inside
    all_levels: bool = True

    def can(self, case: Case) -> bool:
        """A server answers every case, but for those beside Django when Django alone serves."""
        return case.django or self.all_levels

    def requests(self, case: Case) -> list[bytes]:
        """The case's requests, made beforehand."""
        return [self.request(path, signed_in=case.signed_in) for path in case.paths]

    def writes(self, case: Case, count: int) -> list[bytes]:
        """So many requests of a case that writes; none for others."""
        if (writing := case.writing) is None:
            return []
        return [writing.asked(number, self.inside.scene).encoded(self.server.port) for number in range(count)]

    def request(self, path: str, *, signed_in: bool) -> bytes:
        """One request."""
        headers = {"Authorization": f"Bearer {self.inside.token}"} if signed_in else None
        return load.request(path, port=self.server.port, headers=headers)

    def run(self, case: Case, connections: int, seconds: float) -> load.Outcome:
        """Load the server. Raises WrongAnswers."""
        asked = self.writes(case, int(MOST_WRITES * seconds)) or self.requests(case)
        job = load.Job(self.server.port, asked, connections, seconds, writes=case.writing is not None)
        self.generator.begin(load.run, job)
        outcome: load.Outcome = self.generator.result()
        if outcome.wrong:
            raise WrongAnswers(f"{self.name}, {case.name}: {outcome.wrong[0]}")
        return outcome

    def pids(self) -> list[int]:
        """The server and its workers."""
        return self.server.pids()


@dataclass
class OnlySql:
    """The clients by hand. Their own CPU stands for the application's."""

    clients: Clients
    work: dict[str, Work]
    name: str = "SQL by hand"
    all_levels: bool = True

    def can(self, case: Case) -> bool:
        """Cases that need the database."""
        return case.name in self.work

    def run(self, case: Case, connections: int, seconds: float) -> load.Outcome:
        """Load PostgreSQL."""
        return self.clients.run(self.work[case.name], connections, seconds)

    def pids(self) -> list[int]:
        """None: the clients count their CPU themselves."""
        return []


@dataclass(frozen=True)
class Plan:
    """How long: windows of `seconds`, `rounds` times, and what runs before anything counts."""

    seconds: float
    rounds: int
    warm_up: float
    connections: Sequence[int] = CONNECTIONS


@dataclass
class Measurement:
    """Runs a plan over cases and contenders."""

    plan: Plan
    cases: Sequence[Case]
    contenders: Sequence[Contender]
    postgres: Postgres
    ledger: Ledger
    windows: list[Window] = field(default_factory=list)

    def steps(self) -> list[tuple[int, Case, int, Contender]]:
        """Everything to measure, in order: round, case, connections, contender.

        What must keep to a multiple of the base case has it measured just before: a machine's speed changes in seconds.
        """
        return [
            (number, one, connections, contender)
            for number in range(self.plan.rounds)
            for case in self.cases
            for connections in self.plan.connections
            for contender in self.contenders
            if contender.can(case) and connections in self._levels(contender)
            for one in ((case,) if case.most_cpu is None else (BASE, case))
            if contender.can(one)
        ]

    def _levels(self, contender: Contender) -> Sequence[int]:
        return [level for level in self.plan.connections if contender.all_levels or level == MAIN]

    def warm_up(self) -> Iterator[str]:
        """Open every connection and let PostgreSQL choose its plans; yields what is being done."""
        for contender in self.contenders:
            for case in filter(contender.can, self.cases):
                yield f"{contender.name}: {case.name}"
                self._clear(case)
                contender.run(case, max(self._levels(contender)), self.plan.warm_up)

    def run(self) -> Iterator[Window]:
        """Measure step by step."""
        for number, case, connections, contender in self.steps():
            window = self._window(number, case, connections, contender)
            self.windows.append(window)
            yield window

    def _clear(self, case: Case) -> None:
        if case.writing is not None:
            self.ledger.clear(case.writing)

    def _window(self, number: int, case: Case, connections: int, contender: Contender) -> Window:
        self._clear(case)
        pids = contender.pids()
        postgres, cpu = self.postgres.cpu(), processes.cpu_of(pids)
        outcome = contender.run(case, connections, self.plan.seconds)
        cpu_used = processes.cpu_of(pids) - cpu if pids else outcome.cpu
        after = self.postgres.cpu()
        if case.writing is not None:
            self.ledger.compare(case.name, contender.name, case.writing, outcome.bodies)
        return Window(
            round=number,
            case=case.name,
            contender=contender.name,
            connections=connections,
            answers=outcome.answers,
            rate=outcome.answers / outcome.elapsed,
            p50=1000 * percentile(outcome.latencies, 0.5),
            p95=1000 * percentile(outcome.latencies, 0.95),
            p99=1000 * percentile(outcome.latencies, 0.99),
            cpu=1000 * cpu_used / outcome.answers,
            cpu_postgres=None if postgres is None or after is None else 1000 * after.since(postgres) / outcome.answers,
            cpu_load=1000 * outcome.cpu / outcome.answers if pids else 0.0,
        )
