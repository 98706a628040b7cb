"""Scheduling a visit, through REST, as a tool over MCP, and with SQL by hand."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import orjson

from bench.writing import Asked, Connection, NothingWritten, Writing

MCP_PATH, TOOL = "/mcp", "visits_schedule"
HOURS = 24 * 350
"""Of the year ahead that one may schedule in. Each request takes another hour; agents are free for eight rounds."""

LONG = timedelta(hours=1)
NOTES = "I come with my parents."
_BEGINNING = (datetime.now(UTC) + timedelta(days=3)).replace(hour=0, minute=0, second=0, microsecond=0)


@dataclass(frozen=True)
class Visitor:
    """Somebody who asks. `answer` is the statement of one visit's JSON, `params` its parameters but for the id."""

    user: int
    token: str
    mcp_token: str
    answer: str
    params: dict[str, Any]


@dataclass(frozen=True)
class Scene:
    """Who asks for visits, and to which listings."""

    visitors: list[Visitor]
    places: list[int]

    def visitor(self, number: int) -> Visitor:
        """Whoever asks for the visit of that number: another one when the hours begin again."""
        return self.visitors[(number + number // HOURS) % len(self.visitors)]

    def place(self, number: int) -> int:
        """The listing."""
        return self.places[number % len(self.places)]


def _begins(number: int) -> datetime:
    return _BEGINNING + timedelta(hours=number % HOURS)


def by_rest(number: int, scene: Scene) -> Asked:
    """The visit of that number over REST."""
    body = {
        "property_id": scene.place(number),
        "scheduled_date": _begins(number).isoformat(),
        "special_requirements": NOTES,
    }
    return Asked("/api/v1/visits", orjson.dumps(body), scene.visitor(number).token)


def by_tool(number: int, scene: Scene) -> Asked:
    """The same as a tool's call over MCP."""
    given = {"property_id": scene.place(number), "scheduled_date": _begins(number).isoformat(), "notes": NOTES}
    body = {
        "jsonrpc": "2.0",
        "id": number + 1,
        "method": "tools/call",
        "params": {"name": TOOL, "arguments": given},
    }
    headers = {"Accept": "application/json, text/event-stream", "MCP-Protocol-Version": "2025-11-25"}
    return Asked(MCP_PATH, orjson.dumps(body), scene.visitor(number).mcp_token, headers=headers)


_HOLD = "SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))"
_SCHEDULE = """
INSERT INTO visits (user_id, property_id, agent_id, visit_context, status, scheduled_date, ends_at, reminder_due_at,
  proposed_by_host, special_requirements, follow_up_required, is_seed_data, updated_at)
SELECT u.id, p.id,
  coalesce(
    (SELECT f.id FROM free f WHERE f.id = u.agent_id),
    (SELECT f.id FROM free f WHERE f.id = o.agent_id),
    (SELECT f.id FROM free f ORDER BY (
      SELECT count(*) FROM visits v WHERE v.agent_id = f.id AND v.scheduled_date >= now()
      AND v.status IN ('requested', 'confirmed', 'reschedule_suggested')), f.id LIMIT 1)),
  'property_tour', 'requested', t.begins, t.ends, t.begins - interval '1 day', false, %(notes)s, false, false, now()
FROM properties p
JOIN users o ON o.id = p.owner_id
JOIN users u ON u.id = %(visitor)s
CROSS JOIN (SELECT %(begins)s::timestamptz AS begins, %(ends)s::timestamptz AS ends) t
WHERE p.id = %(place)s AND p.owner_id <> u.id
  AND p.is_live AND p.is_available AND p.status IN ('available', 'under_offer')
  AND t.begins > now() AND t.begins <= now() + interval '366 days'
  AND EXISTS (SELECT FROM free)
  AND NOT EXISTS (
    SELECT FROM visits v WHERE v.user_id = u.id AND v.status IN ('requested', 'confirmed', 'reschedule_suggested')
    AND tstzrange(v.scheduled_date, v.ends_at) && tstzrange(t.begins, t.ends))
FOR SHARE OF p
RETURNING id, agent_id
"""
_FREE = """
WITH free AS MATERIALIZED (
  SELECT a.id FROM agents a WHERE a.is_active AND a.is_available AND NOT EXISTS (
    SELECT FROM visits v WHERE v.agent_id = a.id AND v.status IN ('requested', 'confirmed', 'reschedule_suggested')
    AND tstzrange(v.scheduled_date, v.ends_at) && tstzrange(%(begins)s, %(ends)s)))
"""
_FOLLOWS = """
INSERT INTO outbox_entries (handler, facts, due_at, attempts, failure)
SELECT 'apps.visits.handlers.tell_hosts', jsonb_build_object(
    'visit_id', %(visit)s::bigint, 'visitor_id', u.id, 'actor_id', u.id, 'property_id', p.id, 'owner_id', o.id,
    'counterparty_id', null, 'property_title', p.title, 'scheduled_date', %(moment)s::text, 'status', 'requested',
    'agent_user_ids', coalesce((
      SELECT jsonb_agg(a.login_id ORDER BY a.login_id) FROM agents a
      WHERE a.is_active AND a.login_id IS NOT NULL AND a.id IN (%(agent)s, u.agent_id, o.agent_id)), '[]')),
  now() + interval '30 seconds', 0, ''
FROM properties p
JOIN users o ON o.id = p.owner_id
JOIN users u ON u.id = %(visitor)s
WHERE p.id = %(place)s
"""


def by_hand(connection: Connection, number: int, scene: Scene) -> bytes:
    """The same verb in one transaction: wait for those who want that hour, check, insert, note that the hosts are to
    be told, read."""
    visitor, begins = scene.visitor(number), _begins(number)
    given: dict[str, Any] = {
        "visitor": visitor.user,
        "place": scene.place(number),
        "begins": begins,
        "ends": begins + LONG,
        "notes": NOTES,
        "moment": begins.isoformat(),
    }
    with connection.transaction():
        connection.execute(_HOLD, [f"visits {begins:%Y-%m-%dT%H}"], prepare=True)
        row = connection.execute(_FREE + _SCHEDULE, given, prepare=True).fetchone()
        if row is None:
            raise NothingWritten(f"by hand: the visit {number} is refused")
        connection.execute(_FOLLOWS, given | {"visit": row[0], "agent": row[1]}, prepare=True)
        answer = connection.execute(visitor.answer, visitor.params | {"id": row[0]}, prepare=True).fetchone()
    return str(answer[0]).encode() if answer else b""


def by_hand_for_tool(connection: Connection, number: int, scene: Scene) -> bytes:
    """The same, put where a tool's answer has it."""
    return b'{"result":{"structuredContent":{"visit":%s}}}' % by_hand(connection, number, scene)


def _visit_of_tool(answer: bytes) -> dict[str, Any]:
    """The visit in a tool's answer: one event of a stream that ends with it."""
    data = next((line[5:] for line in answer.splitlines() if line.startswith(b"data:")), answer)
    visit: dict[str, Any] | None = orjson.loads(data).get("result", {}).get("structuredContent", {}).get("visit")
    if visit is None:
        raise NothingWritten(f"{TOOL}: {answer[:300]!r}")
    return visit


def created_by_tool(answer: bytes) -> int:
    """The visit's id. Raises NothingWritten when the tool refused."""
    return int(_visit_of_tool(answer)["id"])


def created(answer: bytes) -> int:
    """The visit's id in an answer of REST, or by hand."""
    return int(orjson.loads(answer)["id"])


def same(made: bytes, answer: bytes) -> bool:
    """Are they the same, but for ids and moments of writing?"""
    return _lasting(orjson.loads(made)) == _lasting(orjson.loads(answer))


def _lasting(visit: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in visit.items() if key not in ("id", "created_at", "updated_at")}


def same_by_tool(made: bytes, answer: bytes) -> bool:
    """The tool answers a visit in brief: does it say what the whole one says?"""
    visit, brief = _visit_of_tool(made), _visit_of_tool(answer)
    whole = (visit["property_id"], visit["property"]["title"], visit["status"], visit["special_requirements"])
    shown = (brief["property_id"], brief["property"]["title"], brief["status"], brief["notes"])
    return whole == shown and _moment(visit) == _moment(brief)


def _moment(visit: dict[str, Any]) -> datetime:
    return datetime.fromisoformat(visit["scheduled_date"])


_VISITS = """
SELECT user_id, property_id, agent_id, counterparty_user_id, visit_context, status, scheduled_date, ends_at,
  reminder_due_at, proposed_by_host, special_requirements, follow_up_required, is_seed_data, updated_at IS NULL
FROM visits ORDER BY scheduled_date
"""
_ENTRIES = """
SELECT handler, facts - 'visit_id', attempts, failure, parked_at, v.scheduled_date
FROM outbox_entries LEFT JOIN visits v ON v.id = (facts->>'visit_id')::bigint ORDER BY v.scheduled_date
"""
_ROWS = (_VISITS, _ENTRIES)
_CLEARS = ("visits", "outbox_entries")

REST = Writing(by_rest, by_hand, created, same, "visits", _CLEARS, _ROWS)
MCP = Writing(by_tool, by_hand_for_tool, created_by_tool, same_by_tool, "visits", _CLEARS, _ROWS)
