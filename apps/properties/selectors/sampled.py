"""How the rows of a page are best looked for among very many, told by the newest listings.

How many listings have some words, or lie in an area, differs a thousand times, and so does the best way to the first
page of them. PostgreSQL guesses: of two words it multiplies the shares, though whoever says "amber" also says
"heights", and of a word that was begun it knows nothing. So the newest listings are asked first, which takes a
millisecond. What they tell decides how a page is looked for, never what is found.
"""

import math
from dataclasses import dataclass

from apps.properties.selectors import recent, text
from apps.properties.selectors.orders import NEWEST
from ghar.db import direct
from ghar.db.json_rows import Pick
from ghar.db.keyset import Order

LISTINGS = 300
"""The newest that are asked."""
PAGE = 20
"""Rows that are wanted by whoever does not say so."""
FEW = 3
"""When fewer of them are expected to match, how many do in all is not known."""
MOST_WALKED = 700
"""Rows along the order's index that cost less than the words' index does."""
GATHERED = 13
"""Listings with what begins like an unfinished word that the index gathers while a row is walked."""
MOST_BEGUN = 1_500
"""Listings whose words cost less to look at than a word that was begun costs the index."""
MANY_TO_RANK = 4
"""Asking is worth it from a fourth as many listings on where hundreds of matches are to be ranked."""

# Whatever else is asked for, the words are looked at only where those that are complete stand: a vector of words is
# unpacked anew for each condition.
_SAMPLE = """
SELECT count(*) FILTER (WHERE begun), count(*) FILTER (WHERE worded), count(*) FILTER (WHERE {others}),
    count(*) FILTER (WHERE worded AND {others})
FROM (
    SELECT *, CASE WHEN begun THEN {worded} END AS worded
    FROM (
        SELECT {begun} AS begun, properties.* FROM properties
        WHERE is_available AND is_live ORDER BY created_at DESC, id DESC LIMIT {most}
    ) properties OFFSET 0
) properties
"""


@dataclass(frozen=True)
class Sample:
    """How many of the newest listings have the words but for the unfinished one, have all words, pass the other
    conditions, and do both."""

    begun: int
    worded: int
    passing: int
    both: int

    @property
    def least(self) -> float:
        """How many are to be expected to match, rather too few: a sample may have been lucky. Few are reckoned from
        what each condition leaves."""
        matching = max(self.both, self.worded * self.passing / LISTINGS)
        return max(0.0, matching - math.sqrt(matching))

    @property
    def gathered(self) -> float:
        """How many listings may have what begins like the unfinished word, where it stands beside the others."""
        return recent.count_roughly() * self.worded / self.begun if self.begun else 0.0

    def leaves_few_begun(self, looked_at: int | None) -> bool:
        """Do so few of the listings that are looked at have the complete words that the unfinished one may be looked
        for in each? The index has to gather everything that begins with it."""
        if looked_at is None:
            return self.begun <= FEW
        return self.begun * self.passing * looked_at <= MOST_BEGUN * LISTINGS**2


def guide(pick: Pick, order: Order, page: int, begun: str | None) -> None:
    """Say how the first `page` rows of a pick are to be looked for, when listings are many.

    `begun` is the text query without the unfinished word, None when there is no such word or nothing else was said.
    """
    by_time = order is NEWEST or (order.pool is not None and order.pool.order is NEWEST)
    if recent.find_beginning(recent.NEWEST if order.pool is None else recent.NEWEST // MANY_TO_RANK) is None:
        return
    if text.MATCHES in pick.conditions or page > LISTINGS:
        _guide_by_sample(pick, order, page, begun, by_time=by_time)
    elif by_time:
        recent.look_first(pick)


def _guide_by_sample(pick: Pick, order: Order, page: int, begun: str | None, *, by_time: bool) -> None:
    if begun is not None:
        pick.params["begun"] = begun
    sample = _ask(pick, begun)
    wanted = page + 1 if order.pool is None else order.pool.most
    matching = sample.worded if order.walk else sample.both  # the nearest are all within the radius
    walked = wanted * LISTINGS / matching if matching >= FEW else math.inf
    looked_at = None if walked <= MOST_WALKED else _look_at_recent(pick, order, wanted, sample, by_time=by_time)
    if begun is not None and walked > MOST_WALKED and sample.leaves_few_begun(looked_at):
        pick.rephrased[text.MATCHES] = f"{text.BEGUN} AND {text.WALKED}"
    elif walked <= MOST_WALKED + (0 if begun is None else sample.gathered / GATHERED):
        pick.rephrased[text.MATCHES] = text.WALKED
        pick.recent, pick.few = "", False


def _look_at_recent(pick: Pick, order: Order, wanted: int, sample: Sample, *, by_time: bool) -> int | None:
    """At how many recent listings a pick is to look first, None where it is to look at all."""
    looked_at = None
    if by_time and sample.least:
        looked_at = recent.look_first(pick, wanted * LISTINGS / sample.least)
    elif by_time and order.pool is None:
        looked_at = recent.look_first(pick)
    pick.few = not sample.least or (by_time and looked_at is None)
    return looked_at


def _ask(pick: Pick, begun: str | None) -> Sample:
    others = [f"({condition})" for condition in pick.conditions if condition != text.MATCHES]
    statement = _SAMPLE.format(
        begun="TRUE" if begun is None else text.BEGUN,
        worded=text.MATCHES if text.MATCHES in pick.conditions else "TRUE",
        others=" AND ".join(others) or "TRUE",
        most=LISTINGS,
    )
    ((have_begun, have_words, pass_others, do_both),) = direct.rows(statement, pick.params, prepare=False)
    return Sample(int(have_begun), int(have_words), int(pass_others), int(do_both))
