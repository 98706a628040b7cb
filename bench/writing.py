"""Cases that write: each request writes something else, and what was answered must be in the table afterwards."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

import psycopg
from psycopg import sql

from bench import load

Connection = psycopg.Connection[Any]


@dataclass(frozen=True)
class Asked:
    """One request: its path, its JSON body, and who asks."""

    path: str
    body: bytes
    token: str
    method: str = "POST"
    headers: dict[str, str] = field(default_factory=dict)

    def encoded(self, port: int) -> bytes:
        """The request's bytes."""
        headers = {"Authorization": f"Bearer {self.token}", "Content-Type": "application/json"} | self.headers
        return load.request(self.path, port=port, headers=headers, method=self.method, body=self.body)


class NothingWritten(Exception):
    """An answer does not name what it wrote, though its status says that all is well."""


@dataclass(frozen=True)
class Writing:
    """What a case writes. `scene` is whatever was prepared inside the platform; numbers begin at 0.

    `asked` makes the request of a number: no two of them may be in each other's way. `by_hand` does the same work with
    psycopg in one transaction and answers the bytes that a client would read. `created` finds in an answer the id of
    the row of `table` that it tells of; where it is None, answers are only counted against the first of `rows`. `same`
    compares an answer made by hand with the HTTP answer, and `rows` is the statement of all that was written, without
    ids and moments, so that both ways can be compared. `clears` are the tables that are emptied before each window, and
    `undo` the statements that take back what stands in others.
    """

    asked: Callable[[int, Any], Asked]
    by_hand: Callable[[Connection, int, Any], bytes]
    created: Callable[[bytes], int] | None
    same: Callable[[bytes, bytes], bool]
    table: str
    clears: Sequence[str]
    rows: Sequence[str]
    undo: Sequence[str] = ()


@dataclass
class Written:
    """Of one case and contender, over all windows: answers, rows, and where the two differ."""

    case: str
    contender: str
    answered: int = 0
    found: int = 0
    lost: int = 0
    unanswered: int = 0
    has_ids: bool = True

    @property
    def is_whole(self) -> bool:
        """Is every answered row there, once, and no other?"""
        return self.answered == self.found and not self.lost and not self.unanswered


@dataclass
class Ledger:
    """Empties the tables before a window, and compares answers with rows after it."""

    connection: Connection
    entries: dict[tuple[str, str], Written] = field(default_factory=dict)

    def clear(self, writing: Writing) -> None:
        """Empty tables, so that every window begins with the same ones."""
        for statement in writing.undo:
            self.connection.execute(statement.encode())
        if not writing.clears:
            return
        tables = sql.SQL(", ").join(map(sql.Identifier, writing.clears))
        self.connection.execute(sql.SQL("TRUNCATE {}").format(tables))

    def compare(self, case: str, contender: str, writing: Writing, answers: Sequence[bytes]) -> None:
        """Note how many rows were answered, how many are there, and whether the ids are the same."""
        entry = self.entries.setdefault((case, contender), Written(case, contender))
        entry.answered += len(answers)
        if writing.created is None:
            count = len(self.rows(writing)[0])
            entry.has_ids, entry.found = False, entry.found + count
            entry.lost += max(0, len(answers) - count)
            entry.unanswered += max(0, count - len(answers))
            return
        ids = [writing.created(answer) for answer in answers]
        there = {number for (number,) in self.connection.execute(self._ids(writing))}
        entry.found += len(there)
        entry.lost += len(set(ids) - there)
        entry.unanswered += len(there - set(ids))

    def rows(self, writing: Writing) -> list[Any]:
        """All that was written."""
        return [self.connection.execute(statement.encode()).fetchall() for statement in writing.rows]

    def _ids(self, writing: Writing) -> sql.Composed:
        return sql.SQL("SELECT id FROM {}").format(sql.Identifier(writing.table))
