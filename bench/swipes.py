"""Swiping a listing over REST, and with SQL by hand."""

from typing import Any

import orjson

from bench.visits import Scene
from bench.writing import Asked, Connection, NothingWritten, Writing

PATH = "/api/v1/swipes"


def _pair(number: int, scene: Scene) -> tuple[int, int]:
    """Who decides about which listing, as places in the scene: another pair for each number until everybody has decided
    about everything, and neither the same person nor the same listing soon again."""
    visitor = number % len(scene.visitors)
    return visitor, (number // len(scene.visitors) + 7 * visitor) % len(scene.places)


def _likes(number: int) -> bool:
    return number % 3 != 0


def by_rest(number: int, scene: Scene) -> Asked:
    """The swipe of that number over REST."""
    visitor, place = _pair(number, scene)
    body = {"property_id": scene.places[place], "is_liked": _likes(number)}
    return Asked(PATH, orjson.dumps(body), scene.visitors[visitor].token)


_TAKE_TURNS = "SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))"
_HOLD = """
SELECT p.id, s.action, s.is_liked FROM properties p
LEFT JOIN user_swipes s ON s.property_id = p.id AND s.user_id = %(visitor)s
WHERE p.id = %(place)s AND p.is_live AND p.owner_id <> %(visitor)s FOR NO KEY UPDATE OF p
"""
_DECIDE = """
WITH decided AS (
  INSERT INTO user_swipes (user_id, property_id, action, swiped_at) VALUES (%(visitor)s, %(place)s, %(action)s, now())
  ON CONFLICT (user_id, property_id) DO UPDATE SET action = excluded.action, swiped_at = excluded.swiped_at
)
UPDATE properties SET like_count = greatest(0, like_count + %(more)s) WHERE id = %(place)s AND %(more)s <> 0
"""


def by_hand(connection: Connection, number: int, scene: Scene) -> bytes:
    """The same verb in one transaction: the person's swipes take turns, the listing is held, the decision is kept, and
    the listing's likes are counted."""
    (visitor, place), likes = _pair(number, scene), _likes(number)
    action = "like" if likes else "pass"
    given: dict[str, Any] = {"visitor": scene.visitors[visitor].user, "place": scene.places[place], "action": action}
    with connection.transaction():
        connection.execute(_TAKE_TURNS, [f"swipes of {given['visitor']}"], prepare=True)
        held = connection.execute(_HOLD, given, prepare=True).fetchone()
        if held is None:
            raise NothingWritten(f"by hand: the swipe {number} is passed over")
        _, before, was_liked = held
        if before != action:
            connection.execute(_DECIDE, given | {"more": int(likes) - int(bool(was_liked))}, prepare=True)
    said = "liked" if likes else "passed"
    return b'{"message":"Property %s successfully","success":true}' % said.encode()


def same(made: bytes, answer: bytes) -> bool:
    """Byte for byte."""
    return made == answer


_VISITORS = "(SELECT id FROM users WHERE full_name LIKE 'Bench Visitor %')"
_SWIPES = f"SELECT user_id, property_id, action, is_liked FROM user_swipes WHERE user_id IN {_VISITORS} ORDER BY 1, 2"
_COUNTS = f"""
SELECT id, like_count FROM properties
WHERE id IN (SELECT property_id FROM user_swipes WHERE user_id IN {_VISITORS}) ORDER BY id
"""
_UNCOUNT = f"""
UPDATE properties SET like_count = like_count - s.likes FROM (
  SELECT property_id, count(*) AS likes FROM user_swipes WHERE is_liked AND user_id IN {_VISITORS} GROUP BY property_id
) s WHERE properties.id = s.property_id
"""
_FORGET = f"DELETE FROM user_swipes WHERE user_id IN {_VISITORS}"

REST = Writing(by_rest, by_hand, None, same, "user_swipes", (), (_SWIPES, _COUNTS), undo=(_UNCOUNT, _FORGET))
