"""How good a ranking is: nDCG and the place of the first good result."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

GOOD = 2
"""From this grade on a result is what was looked for."""


@dataclass(frozen=True)
class Score:
    """Both are between 0 and 1; 1 is as good as the listings allow."""

    ndcg: float
    reciprocal: float


def score(grades: Sequence[int], all_grades: Sequence[int], *, first: int) -> Score:
    """Of results with these grades, in order, when all listings have those. Something good must be there."""
    best = _gain(sorted(all_grades, reverse=True)[:first])
    place = next((place for place, grade in enumerate(grades[:first], start=1) if grade >= GOOD), None)
    return Score(_gain(grades[:first]) / best, 1 / place if place else 0.0)


def mean(scores: Sequence[Score]) -> Score:
    """Over queries."""
    count = len(scores)
    return Score(sum(one.ndcg for one in scores) / count, sum(one.reciprocal for one in scores) / count)


def _gain(grades: Sequence[int]) -> float:
    """A grade counts twice the one below it, and less the further down it stands."""
    return sum((2**grade - 1) / math.log2(place + 1) for place, grade in enumerate(grades, start=1))
