"""How work is shared between agents. No database, no Django."""

from collections.abc import Iterable, Mapping

CAPACITY = 50
"""Customers an agent looks after well; beyond it they queue."""


def least_loaded(agent_ids: Iterable[int], loads: Mapping[int, int]) -> int | None:
    """The agent with the fewest customers, the one who was there first among equals; None without agents."""
    return min(agent_ids, key=lambda agent_id: (loads.get(agent_id, 0), agent_id), default=None)


def efficiency(rating: float, customers: int) -> float:
    """A mark from 0 to 100: how content customers are (of five stars; 50 where nobody said) and how well used the
    agent's time is, where four fifths of the capacity is best, beside a part that is the same for all."""
    contentment = rating / 5 * 100 or 50.0
    return round(0.3 * 75 + 0.4 * contentment + 0.3 * _use_of_time(100 * customers / CAPACITY), 2)


def _use_of_time(percent: float) -> float:
    return 1.25 * percent if percent <= 80 else max(0.0, 100 - 2 * (percent - 80))
