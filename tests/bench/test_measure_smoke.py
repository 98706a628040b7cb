"""A whole run on a small data set, against live servers."""

import dataclasses
import math
import os
import pickle
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from django.db import connection, connections

from apps.visits.models import VisitStatus
from bench import by_hand, cases, database, inside, measure, report, servers, session, visits, writing

LISTINGS = 200
PLAN = measure.Plan(seconds=0.2, rounds=1, warm_up=0.1, connections=(8,))
SERVERS = ((report.ONE, 1, servers.APPLICATION),)


@pytest.fixture(scope="module")
def name() -> Iterator[str]:
    """A database of the harness for this test process, made once by its own migrations, as an operator's is."""
    given = connections["default"].settings_dict
    port = f":{given['PORT']}" if given["PORT"] else ""
    address = f"postgres://{given['USER']}:{given['PASSWORD']}@{given['HOST'] or '127.0.0.1'}{port}/postgres"
    name = f"ghar_bench_{os.environ.get('PYTEST_XDIST_WORKER', 'alone')}"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DATABASE_URL", os.environ.get("DATABASE_URL") or address)
        yield name
        database.drop(name)


def _setup(name: str, *measured: cases.Case) -> session.Setup:
    return session.Setup(measured, PLAN, database=name, listings=LISTINGS, servers=SERVERS)


def test_a_run_measures_and_refuses_a_planted_difference(name: str) -> None:
    """One database and two runs, because making it takes longer than both."""
    detail, feed, swipe = (
        next(case for case in cases.CASES if case.name == wanted) for wanted in ("listing detail", "feed", "swipe")
    )
    feed = dataclasses.replace(feed, pages=())  # their statements are counted, which a busy server makes impossible
    said: list[str] = []
    result = session.run(_setup(name, cases.BASE, detail, feed, swipe), said.append)

    values = result.values()
    assert {(one["case"], one["contender"]) for one in values["summary"]} == {
        ("health/live", report.ONE),
        ("listing detail", report.ONE),
        ("listing detail", report.BY_HAND),
        *((case, contender) for case in ("feed", "swipe") for contender in (report.ONE, report.BY_HAND)),
    }
    assert all(one["rate"] > 0 for one in values["summary"])
    assert {case: values["statements"][case] for case in ("health/live", "listing detail")} == {
        "health/live": 0,
        "listing detail": 1,
    }
    assert all(entry.answered == entry.found > 0 and entry.is_whole for entry in result.written)
    assert sum("in the table, as many" in line for line in result.lines()) == 2
    assert values["memory_kb"][0]["pss"] > 0
    assert [check.text for check in result.checks() if check.passed is None] == []
    assert any("listing detail" in line for line in result.lines())
    assert said[-1].startswith("8/8")  # the base case stands once more beside the listing

    assert detail.by_hand
    planted = 'SELECT \'{"id": 1, "title": "not so"}\''
    wrong = dataclasses.replace(detail, by_hand=dataclasses.replace(detail.by_hand, statement=planted))
    with pytest.raises(by_hand.Differs, match="not so"):
        session.run(_setup(name, wrong), said.append)


def test_a_run_finds_every_visit_that_was_answered(name: str) -> None:
    """Over REST, as a tool and by hand; and what is lost or was never answered is noticed."""
    scheduled = [case for case in cases.CASES if case.writing and case.writing.table == "visits"]
    said: list[str] = []
    result = session.run(_setup(name, cases.BASE, *scheduled), said.append)

    assert len(scheduled) == 2
    assert [(entry.case, entry.contender) for entry in result.written] == [
        (case.name, contender) for case in scheduled for contender in (report.BY_HAND, report.ONE)
    ]
    assert all(entry.answered == entry.found > 0 and entry.is_whole for entry in result.written)
    assert [check.passed for check in result.checks()] == [True, True]
    assert sum("in the table, the same ids" in line for line in result.lines()) == 4
    for case in scheduled:  # a server that others keep busy forgets statements all the time: then none are counted
        assert result.statements.get(case.name, math.inf) > result.statements_by_hand.get(case.name, 4) > 3

    with database.connect(name) as connection:
        ledger = writing.Ledger(connection)
        there = [b'{"id":%d}' % number for (number,) in connection.execute("SELECT id FROM visits")]
        gone = [b'{"id":0}']
        ledger.compare("lost", report.ONE, visits.REST, [*there[:-1], *gone])
    lost = ledger.entries["lost", report.ONE]
    assert (lost.is_whole, lost.lost, lost.unanswered) == (False, 1, 1)


def test_visits_by_hand_that_leave_other_rows_are_refused(name: str) -> None:
    """Nobody would be told of them."""

    def untold(connection: writing.Connection, number: int, scene: visits.Scene) -> bytes:
        made = visits.by_hand(connection, number, scene)
        connection.execute("DELETE FROM outbox_entries")
        return made

    wrong = cases.Case("untold", writing=dataclasses.replace(visits.REST, by_hand=untold))
    with pytest.raises(by_hand.Differs, match="writes other rows"):
        session.run(_setup(name, wrong), lambda _: None)


def test_what_is_caught_inside_the_platform_is_understood_outside_of_it(db: None) -> None:
    """The harness itself does not set Django up."""

    def ask() -> None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT %s, %s::text[]", (VisitStatus.REQUESTED, [VisitStatus.CONFIRMED]))

    caught = pickle.dumps(inside.calls_of(ask))
    assert b"requested" in caught
    assert b"apps." not in caught


def test_a_tool_that_refuses_has_written_nothing() -> None:
    refusal = b'event: message\r\ndata: {"result":{"structuredContent":{"error":{"code":"VISIT_CONFLICT"}}}}\r\n\r\n'
    with pytest.raises(writing.NothingWritten, match="VISIT_CONFLICT"):
        visits.created_by_tool(refusal)


def test_a_database_that_somebody_else_made_is_left_alone(name: str) -> None:
    name = f"{name}_foreign"
    with database.connect("postgres") as server:
        server.execute(f'CREATE DATABASE "{name}"')
        try:
            with pytest.raises(database.NotOurs):
                database.ensure(name, LISTINGS)
            assert server.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone()
        finally:
            server.execute(f'DROP DATABASE "{name}"')


def test_the_address_of_the_database_keeps_server_and_password(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgres://me:secret@db.example:6000/ghar?sslmode=require")
    assert urlsplit(database.url_of("ghar_bench"))[:4] == (
        "postgres",
        "me:secret@db.example:6000",
        "/ghar_bench",
        "sslmode=require",
    )
