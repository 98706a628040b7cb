"""The live room of a visit: its visitor, its host and their agents see who of them is there, and who is typing."""

from apps.visits import selectors
from ghar.api.access import Access
from ghar.realtime import entries, topics
from ghar.realtime.callers import Caller

MOST_DIGITS = 19
"""So many digits are beyond the integers of the database."""


def _room(caller: Caller, visit_id: str) -> str:
    """Who may see the visit may be in its room. Raises TopicUnknown and VisitNotFound."""
    if not (visit_id.isascii() and visit_id.isdigit() and len(visit_id) < MOST_DIGITS):
        raise topics.TopicUnknown
    selectors.get_visit(caller.actor, int(visit_id))
    return entries.room_stream(f"visit:{int(visit_id)}")


VISIT = topics.register(topics.Topic("visit:", Access.SIGNED_IN, _room, is_room=True))
