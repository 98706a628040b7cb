"""The figures of a measurement."""

import math

import pytest

from bench import stats


def test_a_percentile_is_a_value_that_was_measured() -> None:
    values = [float(number) for number in range(100, 0, -1)]
    assert [stats.percentile(values, share) for share in (0.5, 0.95, 0.99, 1.0)] == [50, 95, 99, 100]
    assert stats.percentile([7.0], 0.5) == 7


def test_there_is_no_percentile_of_nothing() -> None:
    assert math.isnan(stats.percentile([], 0.5))


def test_ratios_are_taken_within_a_round() -> None:
    """The machine was ten times slower in the second round, for both sides."""
    assert stats.median_ratio([60.0, 6.0, 66.0], [100.0, 10.0, 100.0]) == pytest.approx(0.6)


def test_rounds_that_lack_a_side_do_not_count() -> None:
    assert stats.median_ratio([1.0, None, 5.0], [2.0, 3.0, 0.0]) == 0.5
    assert stats.median_ratio([], [1.0]) is None


def test_the_spread_is_the_widest_distance_from_the_median() -> None:
    assert stats.spread([90.0, 100.0, 130.0]) == pytest.approx(0.3)
