"""Each next listing of a deck is the best of those that are left, after what those like it lost to the ones before."""

import math
from collections import Counter
from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from apps.discovery.rules import mixing, weights
from apps.discovery.rules.places import Place

PLACES = [
    Place(1, "Home", city, locality, kind, "buy", None, 1.0, society)
    for city, locality, kind, society in product(
        ("Gurugram", None), ("Sector 45", "Saket", None), ("house", "plot"), ("Park View", "Banyan Court", None)
    )
]
candidate = st.tuples(
    st.sampled_from(PLACES), st.sampled_from([0.0, 0.5, 1.0, 4.0, 6.7]), st.sampled_from([None, 1, 2])
)
scored = st.lists(candidate, max_size=10) | st.lists(candidate, min_size=30, max_size=60)


def traits(place, cause):
    return [(place.city, place.locality), place.kind, cause]


def worth(number, candidates, shown):
    """The score less what each trait has lost by those of `shown` that share it."""
    mine = traits(candidates[number][0], candidates[number][2])
    others = [traits(candidates[other][0], candidates[other][2]) for other in shown]
    alike = [sum(trait is not None and other[row] == trait for other in others) for row, trait in enumerate(mine)]
    place, kind, cause = (loss * math.log2(1 + count) for loss, count in zip(weights.SAME, alike, strict=True))
    return candidates[number][1] - (place + kind + cause)


def fits(place, page):
    """May it stand on a page with these nineteen?"""
    localities = Counter(other.where[1] for other in page)
    societies = Counter(other.where[1:] for other in page)
    _, locality, society = place.where
    few = not locality or localities[locality] < mixing.MOST_OF_A_PLACE
    return few and not (locality and society and societies[locality, society] >= mixing.MOST_OF_A_SOCIETY)


def mixed_slowly(candidates):
    order = []
    while len(order) < len(candidates):
        page = [candidates[number][0] for number in order[-(mixing.PAGE - 1) :]]
        left = [number for number in range(len(candidates)) if number not in order]
        able = [number for number in left if fits(candidates[number][0], page)]
        if not able:
            return order + sorted(left, key=lambda number: (-worth(number, candidates, order), number))
        order.append(max(able, key=lambda number: (worth(number, candidates, order), -number)))
    return order


@given(scored, st.integers(0, 60))
def test_the_next_is_the_best_that_is_left(candidates, longest):
    columns = [[candidate[column] for candidate in candidates] for column in range(3)]
    assert mixing.mix(*columns, longest) == mixed_slowly(candidates)[:longest]
