"""Waits between attempts grow, are spread by chance, and end."""

import pytest

from apps.notifications.rules import retries


def test_waits_grow_and_end():
    waits = [retries.retry_after(attempts, chance=0) for attempts in range(1, 6)]
    assert waits == [*sorted(retries.RETRY_AFTER), None]


@pytest.mark.parametrize("attempts", range(1, 5))
def test_chance_lengthens_a_wait_by_half_at_most(attempts):
    shortest, longest = (retries.retry_after(attempts, chance=chance) for chance in (0, 1))
    assert shortest is not None
    assert longest == shortest * 1.5
