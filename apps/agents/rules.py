"""How work is shared between agents. No database, no Django."""

from collections.abc import Iterable, Mapping

CAPACITY = 50
"""Customers an agent looks after well; beyond it they queue."""


def least_loaded(agent_ids: Iterable[int], loads: Mapping[int, int]) -> int | None:
    """The agent with the fewest customers, the one who was there first among equals; None without agents."""
    return min(agent_ids, key=lambda agent_id: (loads.get(agent_id, 0), agent_id), default=None)
