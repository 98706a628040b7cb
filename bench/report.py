"""What was measured, as values for the file and as tables for people."""

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, field
from statistics import median
from typing import Any

from bench.cases import BASE, Case
from bench.measure import MAIN, Window
from bench.processes import Memory
from bench.stats import median_ratio, spread
from bench.writing import Written

BY_HAND, ONE, TWO, DJANGO = "SQL by hand", "Ghar, 1 worker", "Ghar, 2 workers", "Django's ASGI, 1 worker"


@dataclass(frozen=True)
class Process:
    """One process of a server."""

    server: str
    memory: Memory


@dataclass(frozen=True)
class Check:
    """A threshold and what was measured; `value` is None when this run did not measure it."""

    text: str
    value: float | None
    passed: bool | None


@dataclass
class Report:
    """Everything of one run."""

    machine: dict[str, Any]
    cases: Sequence[Case]
    windows: list[Window] = field(default_factory=list)
    written: list[Written] = field(default_factory=list)
    statements: dict[str, float] = field(default_factory=dict)
    statements_by_hand: dict[str, float] = field(default_factory=dict)
    page_statements: dict[str, list[float]] = field(default_factory=dict)
    memory: list[Process] = field(default_factory=list)
    start_seconds: dict[str, float] = field(default_factory=dict)

    def values(self) -> dict[str, Any]:
        """Plain values for the file: facts, medians, ratios, checks, and every window."""
        return {
            "machine": self.machine,
            "summary": [self._summary(*key) for key in self._keys()],
            "statements": self.statements,
            "statements_by_hand": self.statements_by_hand,
            "written": [asdict(entry) for entry in self.written],
            "statements_by_page_size": self.page_statements,
            "memory_kb": [{"server": one.server, **asdict(one.memory)} for one in self.memory],
            "start_seconds": self.start_seconds,
            "checks": [asdict(check) for check in self.checks()],
            "noise": self.noise(),
            "windows": [asdict(window) for window in self.windows],
        }

    def _keys(self) -> list[tuple[str, int, str]]:
        return list(dict.fromkeys((one.case, one.connections, one.contender) for one in self.windows))

    def _of(self, case: str, connections: int, contender: str) -> list[Window]:
        key = (case, connections, contender)
        return [one for one in self.windows if (one.case, one.connections, one.contender) == key]

    def _summary(self, case: str, connections: int, contender: str) -> dict[str, Any]:
        windows = self._of(case, connections, contender)
        figures = ("rate", "p50", "p95", "p99", "cpu", "cpu_load")
        postgres = [one.cpu_postgres for one in windows if one.cpu_postgres is not None]
        return {
            "case": case,
            "connections": connections,
            "contender": contender,
            **{name: median(getattr(one, name) for one in windows) for name in figures},
            "cpu_postgres": median(postgres) if postgres else None,
            "of_by_hand": self.of_by_hand(case, connections, contender),
            "times_base_cpu": self.times_base(case, connections, contender),
        }

    def of_by_hand(self, case: str, connections: int, contender: str) -> float | None:
        """Requests per second as a share of those by hand, in the same rounds."""
        above, below = self._of(case, connections, contender), self._of(case, connections, BY_HAND)
        return median_ratio([one.rate for one in above], [one.rate for one in below])

    def best_of_by_hand(self, case: str) -> float | None:
        """What two workers can do as a share of what SQL by hand can: each with the connections that suit it best,
        in the same rounds."""
        return median_ratio(self._best_rates(case, TWO), self._best_rates(case, BY_HAND))

    def _best_rates(self, case: str, contender: str) -> list[float]:
        windows = [one for one in self.windows if (one.case, one.contender) == (case, contender)]
        rounds = sorted({one.round for one in windows})
        return [max(one.rate for one in windows if one.round == number) for number in rounds]

    def times_base(self, case: str, connections: int, contender: str) -> float | None:
        """CPU of the application in times of the base case's, each time as that was measured last before."""
        base, ratios = 0.0, []
        for one in self.windows:
            if (one.connections, one.contender) != (connections, contender):
                continue
            if one.case == BASE.name:
                base = one.cpu
            if one.case == case and base:
                ratios.append(one.cpu / base)
        return median(ratios) if ratios else None

    def noise(self) -> float | None:
        """How far rounds were apart: the median over all measurements of the widest distance from the middle."""
        spreads = [spread([one.rate for one in windows]) for key in self._keys() if len(windows := self._of(*key)) > 1]
        return median(spreads) if spreads else None

    def checks(self) -> list[Check]:
        """The thresholds that the cases declare."""
        return [check for case in self.cases for check in self._checks(case)]

    def _checks(self, case: Case) -> Iterator[Check]:
        if (least := case.at_least_by_hand) is not None:
            value = self.best_of_by_hand(case.name)
            text = f"{case.name}: two workers at their best reach {least:.0%} or more of the SQL by hand at its best"
            yield Check(text, value, None if value is None else value >= least)
        if (most := case.most_cpu) is not None:
            value = self.times_base(case.name, MAIN, ONE)
            text = f"{case.name}: at most {most} times the application CPU of {BASE.name}"
            yield Check(text, value, None if value is None else value <= most)
        if (most := case.most_p95) is not None:
            windows = self._of(case.name, MAIN, TWO)
            value = median(one.p95 for one in windows) if windows else None
            text = f"{case.name}: two workers answer 95 % of requests within {most:.0f} ms over {MAIN} connections"
            yield Check(text, value, None if value is None else value <= most)
        if (statements := case.most_statements) is not None:
            value = self.statements.get(case.name)
            text = f"{case.name}: one to {statements} statements a request"
            yield Check(text, value, None if value is None else 1 <= value <= statements)
        if case.pages:
            counts = self.page_statements.get(case.name)
            text = f"{case.name}: a larger page takes no more statements"
            yield Check(text, max(counts) if counts else None, len(set(counts)) == 1 if counts else None)
        if case.writing is not None:
            entries = [entry for entry in self.written if entry.case == case.name]
            text = f"{case.name}: rows that were answered and are not there, or are there unanswered"
            wrong = sum(entry.lost + entry.unanswered for entry in entries)
            yield Check(text, wrong if entries else None, all(map(_is_whole, entries)) if entries else None)

    def lines(self) -> Iterator[str]:
        """The tables."""
        for case in self.cases:
            yield from self._table(case)
        yield from self._server_lines()
        yield ""
        for check in self.checks():
            mark = {True: "pass", False: "FAIL", None: "not measured"}[check.passed]
            yield f"{mark:>12}  {check.text}" + ("" if check.value is None else f": {check.value:.2f}")
        if (noise := self.noise()) is not None:
            before, after = self.machine["load_average"][0], self.machine.get("load_average_after", [0])[0]
            yield f"\nRounds lay within {noise:.0%} of their median; load average {before} before, {after} after."

    def _table(self, case: Case) -> Iterator[str]:
        taken = self.statements.get(case.name)
        by_hand = self.statements_by_hand.get(case.name)
        also = "" if by_hand is None else f", {by_hand:.2f} by hand"
        yield f"\n{case.name}" + ("" if taken is None else f" ({taken:.2f} SQL statements a request{also})")
        yield (
            f"  {'':24}{'conn.':>6}{'req/s':>9}{'of SQL':>8}{'p50 ms':>9}{'p95':>8}{'p99':>8}"
            f"{'app ms':>9}{'x base':>8}{'pg ms':>8}{'load ms':>9}"
        )
        for key in self._keys():
            if key[0] == case.name:
                yield _row(self._summary(*key))
        for entry in self.written:
            if entry.case == case.name:
                yield _written(entry)

    def _server_lines(self) -> Iterator[str]:
        for name, seconds in self.start_seconds.items():
            parts = [one.memory for one in self.memory if one.server == name]
            sizes = " + ".join(f"{one.rss / 1024:.0f}/{one.pss / 1024:.0f}" for one in parts)
            yield f"\n{name}: answers after {seconds:.1f} s; memory RSS/PSS by process, MB: {sizes}"


def _is_whole(entry: Written) -> bool:
    return entry.is_whole


def _written(entry: Written) -> str:
    what = "ids" if entry.has_ids else "rows"
    whole = "the same ids" if entry.has_ids else "as many"
    ids = whole if entry.is_whole else f"{entry.lost} {what} are missing, {entry.unanswered} were never answered"
    return f"  {entry.contender:24}{entry.answered:>6} answered, {entry.found} in the table, {ids}"


def _row(one: dict[str, Any]) -> str:
    share = "" if one["of_by_hand"] is None else f"{one['of_by_hand']:.0%}"
    times = "" if one["times_base_cpu"] is None else f"{one['times_base_cpu']:.2f}"
    postgres = "" if one["cpu_postgres"] is None else f"{one['cpu_postgres']:.2f}"
    return (
        f"  {one['contender']:24}{one['connections']:>6}{one['rate']:>9.0f}{share:>8}"
        f"{one['p50']:>9.2f}{one['p95']:>8.2f}{one['p99']:>8.2f}{one['cpu']:>9.3f}{times:>8}{postgres:>8}{one['cpu_load']:>9.3f}"
    )
