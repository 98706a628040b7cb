"""How the rows of a page are best looked for among very many, told by the newest listings.

How many listings have some words, or lie in an area, differs a thousand times, and so does the best way to the first
page of them. PostgreSQL guesses: of two words it multiplies the shares, though whoever says "amber" also says
"heights", and of a word that was begun it knows nothing. So the newest listings are asked first, which takes a
millisecond. What they tell decides how a page is looked for, never what is found.
"""

import math
from dataclasses import dataclass

from apps.properties.rules import squares
from apps.properties.selectors import near, recent, text
from apps.properties.selectors.asked import Asked
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
UNSURE = 10
"""When no more of them have the words, PostgreSQL may know better."""
CAUTION = 0.85
"""What is taken of that."""
MOST_WALKED = 700
"""Rows along the order's index that cost less than the words' index does, however few have the words."""
GATHERED, LISTED = 8, 20
"""Listings that the words' index goes through while a row is walked: with what begins like an unfinished word, which it
has to gather, and with words that are complete."""
PASSED_OVER = 0.3
"""What a walked row costs whose words are not looked at, because it fails other conditions."""
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
        what each condition leaves: of many there, more is certain."""
        apart = self.worded * self.passing / LISTINGS
        luck = math.sqrt(1 / self.worded + 1 / self.passing) if apart else 1.0
        return max(0.0, self.both - math.sqrt(self.both), apart * (1 - luck))

    @property
    def gone_through(self) -> float:
        """How many listings the words' index goes through: those with the unfinished word, as far as it stands beside
        the others, or with all words."""
        return recent.count_roughly() * self.worded / self.begun if self.begun else 0.0

    def cost_of_walking(self, rows: float, order: Order) -> float:
        """In rows whose words are looked at; the nearest are walked where all pass, within the radius."""
        looked_at = 1.0 if order.walk else self.passing / LISTINGS
        return rows * (looked_at + PASSED_OVER * (1 - looked_at))

    def leaves_few_begun(self, looked_at: int | None) -> bool:
        """Do so few of the listings that are looked at have the complete words that the unfinished one may be looked
        for in each? The index has to gather everything that begins with it."""
        if looked_at is None:
            return self.begun <= FEW
        return self.begun * self.passing * looked_at <= MOST_BEGUN * LISTINGS**2


def guide(pick: Pick, order: Order, page: int, read: Asked) -> None:
    """Say how the first `page` rows of a pick are to be looked for, when listings are many. `read` is what it asks."""
    by_time = order is NEWEST or (order.pool is not None and order.pool.order is NEWEST)
    if recent.find_beginning(recent.NEWEST if order.pool is None else recent.NEWEST // MANY_TO_RANK) is None:
        return
    if text.MATCHES in pick.conditions or page > LISTINGS:
        _guide_by_sample(pick, order, page, read, by_time=by_time)
    elif by_time:
        recent.look_first(pick)


def _guide_by_sample(pick: Pick, order: Order, page: int, read: Asked, *, by_time: bool) -> None:
    if read.begun is not None:
        pick.params["begun"] = read.begun
    sample = _ask(pick, read.begun)
    wanted = page + 1 if order.pool is None else order.pool.most
    matching = sample.worded if order.walk else sample.both  # the nearest are all within the radius
    walked = wanted * LISTINGS / matching if matching >= FEW else math.inf
    looked_at = None if walked <= MOST_WALKED else _look_at_recent(pick, order, wanted, sample, by_time=by_time)
    last = text.WALKED if order.walk else _last(pick.conditions)
    at_once = GATHERED if read.is_unfinished else LISTED
    if read.begun is not None and walked > MOST_WALKED and sample.leaves_few_begun(looked_at):
        pick.rephrased[text.MATCHES] = f"{text.BEGUN} AND {last}"
    elif sample.cost_of_walking(walked, order) <= max(MOST_WALKED, sample.gone_through / at_once):
        pick.rephrased[text.MATCHES] = last
        pick.recent, pick.recent_enough, pick.few = "", "", False
        return
    if pick.few and near.WITHIN in pick.conditions:
        _look_by_squares(pick)


def _look_by_squares(pick: Pick) -> None:
    """Where all rows around a point are read, or all recent ones."""
    around = squares.around(*(float(pick.params[name]) for name in ("lat", "lng", "radius")))
    if around is not None:
        pick.rephrased[near.WITHIN] = near.WITHIN_SQUARES
        pick.params["squares"] = around


def _last(conditions: list[str]) -> str:
    """The words, looked at where all else is as it should be that does not look into the vector of words itself."""
    others = [f"({condition})" for condition in conditions if "search_vector" not in condition]
    return f"CASE WHEN {' AND '.join(others) or 'TRUE'} THEN {text.MATCHES} END"


def _all_but_words(conditions: list[str]) -> str:
    return " AND ".join([f"({condition})" for condition in conditions if condition != text.MATCHES]) or "TRUE"


def _look_at_recent(pick: Pick, order: Order, wanted: int, sample: Sample, *, by_time: bool) -> int | None:
    """At how many recent listings a pick is to look first, None where it is to look at all."""
    looked_at = None
    least = max(sample.least, _reckon(pick, wanted, sample)) if by_time else sample.least
    if by_time and least:
        looked_at = recent.look_first(pick, wanted * LISTINGS / least)
    elif by_time and order.pool is None:
        looked_at = recent.look_first(pick)
    if looked_at is not None and wanted >= LISTINGS:
        recent.look_again(pick, looked_at)  # where hundreds are wanted, all others are far more
    pick.few = by_time or not least
    return looked_at


def _reckon(pick: Pick, wanted: int, sample: Sample) -> float:
    """How many of a sample PostgreSQL reckons to match, somewhat fewer. It is asked where hundreds are wanted, the
    sample has the words too seldom to tell, and many more may match in all; and believed as far as the sample goes."""
    most = sample.both + 2 * math.sqrt(sample.both) + 1
    listings = recent.count_roughly()
    if wanted < LISTINGS or not 0 < sample.both <= sample.worded <= UNSURE or most * listings < 2 * wanted * LISTINGS:
        return 0.0
    ((plan,), *_) = direct.rows(f"EXPLAIN SELECT FROM {pick.table} WHERE {pick.condition}", pick.params, prepare=False)
    matching = int(plan.partition(b" rows=")[2].split()[0])
    return CAUTION * min(most, matching * LISTINGS / listings)


def _ask(pick: Pick, begun: str | None) -> Sample:
    statement = _SAMPLE.format(
        begun="TRUE" if begun is None else text.BEGUN,
        worded=text.MATCHES if text.MATCHES in pick.conditions else "TRUE",
        others=_all_but_words(pick.conditions),
        most=LISTINGS,
    )
    ((have_begun, have_words, pass_others, do_both),) = direct.rows(statement, pick.params, prepare=False)
    return Sample(int(have_begun), int(have_words), int(pass_others), int(do_both))
