"""The figures of a measurement."""

import math

import pytest

from bench import stats
from bench.cases import CASES
from bench.measure import Window
from bench.report import BY_HAND, TWO, Report


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


def test_each_side_is_taken_at_its_best_within_a_round() -> None:
    rates = {(1, BY_HAND): (900, 800), (1, TWO): (400, 540), (2, BY_HAND): (95, 100), (2, TWO): (70, 60)}
    windows = [
        Window(round_number, "radius list", contender, connections, 1, rate, 1, 1, 1, 1, None, 0)
        for (round_number, contender), both in rates.items()
        for connections, rate in zip((8, 32), both, strict=True)
    ]
    report = Report({}, [case for case in CASES if case.name == "radius list"], windows)
    assert report.best_of_by_hand("radius list") == pytest.approx((0.6 + 0.7) / 2)
    assert report.best_of_by_hand("listing detail") is None
