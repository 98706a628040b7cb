"""`bin/ghar bench growth`: what searches cost with two hundred thousand listings, in times of twenty thousand."""

import argparse
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, closing
from dataclasses import dataclass
from statistics import mean, median
from typing import Any

from bench import database, dataset, inside, machine, session
from bench.growth import loading, plans
from bench.growth.cases import MOST, POINTS, SEARCHES, Search
from bench.growth.plans import Asker, Told
from bench.inside import Call
from bench.report import Check

Say = Callable[[str], None]
NAME = f"{database.NAME}_growth"


@dataclass(frozen=True)
class Size:
    """How many listings on either side, how often each statement runs in turn, and of how many paths a search."""

    small: int = dataset.LISTINGS
    large: int = 10 * dataset.LISTINGS
    rounds: int = 15
    explained: int = 3
    paths: int = POINTS


QUICK = Size(rounds=5, explained=1)


@dataclass
class Side:
    """One data set: who asks it, and the statements of each path."""

    asker: Asker
    statements: dict[str, list[Call]]
    paths: Mapping[str, Sequence[str]]

    def calls(self, search: Search) -> list[list[Call]]:
        """The statements of each path of a search."""
        return [self.statements[path] for path in self.paths[search.name]]


def add_options(parser: argparse.ArgumentParser) -> None:
    """What the command line takes."""
    parser.add_argument("--quick", action="store_true", help="a few rounds, for a first look")
    parser.add_argument("--plans", action="store_true", help="show how PostgreSQL finds the rows of each in the large")
    parser.add_argument(
        "--only", action="append", default=[], metavar="WORDS", help="only searches with these words in their name"
    )


def run(size: Size, say: Say, *, name: str = NAME, only: Sequence[str] = ()) -> dict[str, Any]:
    """Plain values for the file."""
    chosen = [one for one in SEARCHES if not only or any(words in one.name for words in only)]
    with ExitStack() as stack:
        minutes, sides = {}, []
        for listings in (size.small, size.large):
            own = f"{name}_{listings}"
            say(f"Database {own} ...")
            if (taken := loading.ensure(own, listings, say)) is not None:
                minutes[own] = round(taken, 1)
            paths = {search.name: search.paths(listings)[: size.paths] for search in chosen}
            sides.append(_side(own, paths, stack))
        connection = stack.enter_context(closing(database.connect(own)))
        figures = [_compare(search, sides, size, say) for search in chosen]
        return {
            "machine": machine.facts(connection),
            "size": vars(size),
            "minutes_to_load": minutes,
            "searches": figures,
            "checks": [vars(check) for check in _checks(figures)],
        }


def _side(name: str, paths: Mapping[str, Sequence[str]], stack: ExitStack) -> Side:
    every = [path for some in paths.values() for path in some]
    looked = session.look_inside(name, inside.Wanted(every))
    asker = Asker(database.url_of(name), looked.options)
    stack.callback(asker.close)
    return Side(asker, looked.statements, paths)


def _compare(search: Search, sides: Sequence[Side], size: Size, say: Say) -> dict[str, Any]:
    """Both sides take turns, path by path, round after round. Times are of all statements of a path."""
    taken: list[list[list[float]]] = [[[] for _ in side.calls(search)] for side in sides]
    for _ in range(size.rounds):
        for side, times in zip(sides, taken, strict=True):
            for calls, own in zip(side.calls(search), times, strict=True):
                own.append(1000 * side.asker.seconds(calls))
    found = [[_best(side, calls, size.explained) for calls in side.calls(search)] for side in sides]
    figures = [_figures(times, told) for times, told in zip(taken, found, strict=True)]
    small, large = figures
    ratios = {f"{key}_ratio": round(large[key] / small[key], 2) for key in ("ms", "pick_ms")}
    say(f"{search.name}: {small['ms']:.2f} to {large['ms']:.2f} ms")
    costliest = max((told for path in found[1] for told in path), key=lambda told: told.pick_ms)
    return {
        "search": search.name,
        "held": search.held,
        "small": small,
        "large": large,
        **ratios,
        "plan": list(plans.lines(plans.picked(costliest.plan))),
    }


def _best(side: Side, calls: list[Call], times: int) -> list[Told]:
    """What was told of each statement of a path when they took least."""
    return min((side.asker.explain(calls) for _ in range(times)), key=lambda told: sum(one.pick_ms for one in told))


def _figures(times: Sequence[Sequence[float]], told: Sequence[Sequence[Told]]) -> dict[str, Any]:
    """The mean of the paths: of the least and of the median that each took, and of what was told of it."""
    return {
        "ms": round(mean(min(own) for own in times), 3),
        "median_ms": round(mean(median(own) for own in times), 3),
        "pick_ms": round(mean(sum(one.pick_ms for one in path) for path in told), 3),
        "blocks": round(mean(sum(one.blocks for one in path) for path in told)),
        "rows": round(mean(sum(one.rows for one in path) for path in told)),
    }


def _checks(figures: Sequence[dict[str, Any]]) -> Iterator[Check]:
    for one in figures:
        if one["held"]:
            text = f"{one['search']}: at most {MOST:g} times as many milliseconds"
            yield Check(text, one["ms_ratio"], one["ms_ratio"] <= MOST)


def lines(result: dict[str, Any], *, with_plans: bool = False) -> Iterator[str]:
    """The table, the checks and, if wanted, the plans, for people."""
    yield f"{'':34}{'ms':>14}{'':6}{'finding rows, ms':>18}{'':6}{'rows read':>15}{'blocks':>15}"
    for one in result["searches"]:
        small, large = one["small"], one["large"]
        yield (
            f"{one['search']:34}{small['ms']:>7.2f}{large['ms']:>7.2f}{one['ms_ratio']:>6.2f}"
            f"{small['pick_ms']:>9.2f}{large['pick_ms']:>9.2f}{one['pick_ms_ratio']:>6.2f}"
            f"{small['rows']:>7}{large['rows']:>8}{small['blocks']:>7}{large['blocks']:>8}"
        )
    yield ""
    for check in result["checks"]:
        yield f"{'pass' if check['passed'] else 'FAIL':>12}  {check['text']}: {check['value']:g}"
    if with_plans:
        for one in result["searches"]:
            yield f"\n{one['search']}:"
            yield from one["plan"]
