"""Figures of a measurement: percentiles of latencies and medians of paired ratios."""

import math
from collections.abc import Sequence
from statistics import median


def percentile(values: Sequence[float], share: float) -> float:
    """The smallest value that at least `share` (0 to 1) of the values do not exceed; NaN of none."""
    if not values:
        return math.nan
    ordered = sorted(values)
    return ordered[max(0, math.ceil(share * len(ordered)) - 1)]


def median_ratio(above: Sequence[float | None], below: Sequence[float | None]) -> float | None:
    """The median of the ratios of values measured in the same round; None when no round has both.

    Rounds are paired because a machine's speed changes from one to the next, for both sides alike.
    """
    pairs = zip(above, below, strict=False)
    ratios = [one / other for one, other in pairs if one is not None and other]
    return median(ratios) if ratios else None


def spread(values: Sequence[float]) -> float:
    """How far apart the values of the rounds lie: the widest distance from their median, as a share of it."""
    middle = median(values)
    return max(abs(value - middle) for value in values) / middle if middle else 0.0
