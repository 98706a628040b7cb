"""What PostgreSQL itself tells of a statement that runs: how it was done, how long it took and what it touched.

The extension auto_explain tells it beside the answer of the very statement, prepared or not, whichever plan was taken.
Only a superuser may load it.
"""

import json
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import psycopg

from bench.inside import Call

Node = dict[str, Any]
_SETTINGS = {"log_analyze": "on", "log_buffers": "on", "log_timing": "on", "log_format": "json"}
_OFF = "-1"


@dataclass(frozen=True)
class Told:
    """A statement's plan: milliseconds and blocks of what finds the rows of the page, rows that were read for it."""

    pick_ms: float
    blocks: int
    rows: int
    plan: Node


class Asker:
    """Runs the statements of a path as the platform does, on a connection with its options."""

    def __init__(self, address: str, options: str) -> None:
        self._connection = psycopg.connect(
            address, autocommit=True, options=options, application_name="ghar-bench", prepare_threshold=None
        )
        self._told: list[str] = []
        self._connection.add_notice_handler(lambda notice: self._told.append(notice.message_primary or ""))
        self._connection.execute("LOAD 'auto_explain'")
        for name, value in _SETTINGS.items():
            self._set(f"auto_explain.{name}", value)
        self._set("client_min_messages", "log")

    def close(self) -> None:
        """Let go of the connection."""
        self._connection.close()

    def seconds(self, calls: Sequence[Call]) -> float:
        """How long all statements of a path take, one after another."""
        began = time.perf_counter()
        for call in calls:
            self._run(call)
        return time.perf_counter() - began

    def explain(self, calls: Sequence[Call]) -> list[Told]:
        """The same, with the plan of each."""
        self._set("auto_explain.log_min_duration", "0")
        self._told.clear()
        for call in calls:
            self._run(call)
        self._set("auto_explain.log_min_duration", _OFF)
        plans = [json.loads(text.partition("plan:")[2])["Plan"] for text in self._told if text.startswith("duration:")]
        ran = [plan for plan in plans if "Actual Total Time" in plan]  # the platform itself may only ask for a plan
        return [told(plan) for plan in ran[: len(calls)]]

    def _run(self, call: Call) -> None:
        # A page that was prepared is known to the connection from its first time on.
        self._connection.execute(call.sql.encode(), call.params, prepare=call.prepared).fetchall()

    def _set(self, name: str, value: str) -> None:
        self._connection.execute("SELECT set_config(%s, %s, FALSE)", [name, value])


def told(plan: Node) -> Told:
    """What is compared of a plan."""
    pick = picked(plan)
    blocks = pick["Shared Hit Blocks"] + pick["Shared Read Blocks"]
    return Told(pick["Actual Total Time"], blocks, sum(map(_rows_read, _nodes(pick))), plan)


def _nodes(plan: Node) -> Iterator[Node]:
    """A node and all below it, from the top."""
    yield plan
    for below in plan.get("Plans", []):
        yield from _nodes(below)


def _rows_read(node: Node) -> int:
    """Rows of a table that a node looked at, those that it did not let through as well."""
    if "Relation Name" not in node:
        return 0
    passed_over = node.get("Rows Removed by Filter", 0) + node.get("Rows Removed by Index Recheck", 0)
    return int((node["Actual Rows"] + passed_over) * node["Actual Loops"])


_ASIDE = ("Filter", "Index Cond", "Recheck Cond", "Order By", "Sort Key")
_LONGEST = 110


def lines(node: Node, depth: int = 0) -> Iterator[str]:
    """A plan for people: each node with its rows, blocks and milliseconds."""
    what = node["Node Type"] + "".join(f" {node[name]}" for name in ("Index Name", "Relation Name") if name in node)
    named = f" [{node['Subplan Name']}]" if "Subplan Name" in node else ""
    blocks = node["Shared Hit Blocks"] + node["Shared Read Blocks"]
    loops = f" x {node['Actual Loops']}" if node["Actual Loops"] != 1 else ""
    yield (
        f"{'  ' * depth}{what}{named}: {node['Actual Rows']} rows{loops} of {node['Plan Rows']}, "
        f"{blocks} blocks, {node['Actual Total Time']:.3f} ms"
    )
    for name in _ASIDE:
        if name in node:
            said = ", ".join(node[name]) if isinstance(node[name], list) else node[name]
            yield f"{'  ' * depth}    {name}: {said if len(said) <= _LONGEST else said[:_LONGEST] + ' ...'}"
    for below in node.get("Plans", []):
        yield from lines(below, depth + 1)


def picked(plan: Node) -> Node:
    """The part of a plan that finds the rows of a page, or all of it where it numbers none."""
    return next((node for node in _nodes(plan) if node["Node Type"] == "WindowAgg"), plan)
