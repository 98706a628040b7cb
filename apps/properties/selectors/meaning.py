"""Searches by meaning: every listing that passes the filters, those first that fit what was said best.

A listing's score adds what says something else each: how near its vector is to that of the search, how well it has the
words, how much it is of what the words were understood to ask for (three bedrooms, not on the ground floor), and
whether its text says so where a vector cannot tell (no brokerage). It depends on the listing and the search alone, and
is computed for the few hundred that one of these finds (docs/decisions/0044); all others follow, newest first.
"""

from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from apps.properties.models import Property
from apps.properties.rules import denials, glossary, words
from apps.properties.rules.denials import Kind
from apps.properties.selectors import ranked, rankings, recent, shapes, text
from apps.properties.selectors.asked import Asked
from apps.properties.selectors.orders import NEWEST, ORDERS, SortBy
from apps.properties.selectors.ranked import Head, RankedPick, Ranking
from ghar.actors import Actor
from ghar.db import direct
from ghar.db.json_rows import Pick, Shape
from ghar.db.listing import Listing
from ghar.embedding import port, queries
from ghar.embedding.port import Vector

NEAREST = 100
"""Listings whose vectors are nearest."""
ENOUGH = 20
"""When fewer of the nearest fit what was understood, the nearest of those that do are looked for as well."""
MOST_WORDED = 60
POOL = 240
"""Of the listings that have all the words, so many of the newest are looked at for the `MOST_WORDED` best."""
MOST_RANKED = 150
AMPLE = 2
"""A first page is taken from a known head that has so many times its listings: one may be sold at that very moment."""

MEANING, ALL_WORDS, WORDS, WISHES, SAID = 1.0, 0.4, 1.0, 1.0, 0.4
"""What the parts of a score weigh; each part is between 0 and 1, but what is said may be denied as well."""

# A score reads the vector of words several times, and each would unpack it anew; what comes of `||` is unpacked.
_COLUMNS = {field.column: f"p.{field.column}" for field in Property._meta.concrete_fields}
_UNPACKED = ", ".join((_COLUMNS | {"search_vector": "p.search_vector || ''::tsvector AS search_vector"}).values())

HYBRID, LEXICAL, TEXT = "hybrid", "lexical", "text"
_HONOURED = (SortBy.PRICE_LOW, SortBy.PRICE_HIGH, SortBy.POPULAR)


@dataclass(frozen=True)
class Search:
    """What a search is ranked by: its text in English, the conditions of what was understood, and how many kinds of
    things listings say or deny are asked for. Without a vector, words and wishes are all there is.
    """

    text: str
    wished: tuple[str, ...]
    kinds: int
    params: dict[str, Any]
    vector: Vector | None = None

    @property
    def ranking(self) -> str:
        """What clients are told: by meaning and words, by spellings and words, or by words while a provider is away."""
        if self.vector is None:
            return TEXT
        return HYBRID if port.current().understands else LEXICAL

    def with_vector(self) -> "Search":
        """The same, embedded. Call it before anything is asked of the database: it may take seconds."""
        vector = queries.find_vector(self.text)
        if vector is None:
            return self
        return replace(self, vector=vector, params={**self.params, "meant": str(vector), "model": port.current().name})


def list_by_meaning(actor: Actor, read: Asked, among: Pick, wished: Pick) -> Listing:
    """All of `among`, the best first; by price or popularity when that was asked for.

    `among` are the listings that pass the explicit filters, the conditions of `wished` what was read from the words.
    What the order rests on stands beside the items (`ranking`).
    """
    search = _understood(read, wished)
    shape = shapes.listing_for(shapes.Viewer.of(actor))
    if read.given["sort_by"] in _HONOURED:
        search = search.with_vector()
        return Listing(_ranked(among, search), shape, ORDERS[read.given["sort_by"]], _told(search))
    begun = Ranking.continued(read.given["cursor"])
    if begun is not None:
        search = search.with_vector()
        return Listing(_ranked(among, search), shape, begun, _told(search))
    return _first_page(among, search, shape, read.given["limit"])


def _first_page(among: Pick, search: Search, shape: Shape, limit: int) -> Listing:
    """Of a ranking that is known or found now. Where that is long enough, nothing is computed once more."""
    asked = [among.conditions, among.params, search.text, search.wished, search.kinds, search.params]
    known = rankings.find([port.current().name, *asked], lambda: _find_head(among, search.with_vector()))
    order = Ranking.of(known.head.ids)
    if len(order.head) < AMPLE * limit:
        return Listing(_ranked(among, search.with_vector()), shape, order, known.told)
    return Listing(ranked.head_pick(among, known.head, AMPLE * limit), shape, order, known.told)


def _ranked(among: Pick, search: Search) -> RankedPick:
    """The rows of `among` with what is measured of each."""
    pick = RankedPick(among.table, among.conditions, {**among.params, **search.params}, {**among.measures})
    pick.measures |= {"relevance_score": _score(search), "vector_distance": _distance(search)}
    return pick


def _told(search: Search) -> dict[str, Any]:
    """What stands beside the items."""
    return {"ranking": search.ranking, "embedding_model": None if search.vector is None else port.current().name}


def _understood(read: Asked, wished: Pick) -> Search:
    english, kinds = _in_english(read.given["q"])
    patterns = {f"affirmed_{number}": kind.affirmed for number, kind in enumerate(kinds)}
    patterns |= {f"denied_{number}": kind.denied for number, kind in enumerate(kinds)}
    any_words = read.ranked_by.replace(" & ", " | ")
    said = {"words": read.matching or "", "ranked_by": read.ranked_by, "any_words": any_words, "names": read.names}
    params = {**wished.params, **patterns, **said}
    return Search(english or read.given["q"], tuple(wished.conditions), len(kinds), params)


@lru_cache(maxsize=2048)
def _in_english(said: str) -> tuple[str, tuple[Kind, ...]]:
    """The English that the glossary makes of it, and what of that a vector cannot tell. Kept, as wishes are."""
    english, _ = glossary.translate(words.plain(said))
    return english, tuple(denials.asked_in(english))


def _find_head(among: Pick, search: Search) -> rankings.Found:
    """The best, in order, each with its score and distance. While a provider is away, that is not worth keeping."""
    pick = _ranked(among, search)
    find = _newest if search.vector is None else _nearest
    parts = {"worded": _worded(pick), "near": find(pick)}
    if search.wished:
        fitting = f"SELECT count(*) FROM near JOIN properties USING (id) WHERE {_where(*search.wished)}"  # noqa: S608
        parts["fitting"] = find(pick, f"({fitting}) < {ENOUGH}", *search.wished)
    found = ", ".join(f"{name} AS MATERIALIZED ({sql})" for name, sql in parts.items())
    union = " UNION ".join(f"SELECT id FROM {name}" for name in parts)  # noqa: S608
    measured = f"CROSS JOIN LATERAL (SELECT {_distance(search)} AS distance OFFSET 0) measured"
    rows = direct.rows(
        f"WITH {found} SELECT properties.id, {_score(search, 'measured.distance')} AS score, measured.distance "  # noqa: S608
        f"FROM ({union}) found {ranked.looked_up(_UNPACKED)} {measured} "
        f"ORDER BY score DESC, properties.id DESC LIMIT {MOST_RANKED}",
        pick.params,
        prepare=False,  # how many rows pass differs so much that each search is planned for itself
    )
    return rankings.Found(Head.of(rows), _told(search), is_kept=search.vector is not None)


def _where(*conditions: str) -> str:
    return " AND ".join(f"({condition})" for condition in conditions) or "TRUE"


def _nearest(pick: Pick, *more: str) -> str:
    """Those whose vectors are nearest, by the index: it goes on looking until enough of them pass the conditions."""
    size = port.current().dimensions
    return (
        "SELECT properties.id FROM property_embeddings e JOIN properties ON properties.id = e.property_id "  # noqa: S608
        f"WHERE vector_dims(e.embedding) = {size} AND e.model = %(model)s AND {_where(*pick.conditions, *more)} "
        f"ORDER BY e.embedding::vector({size}) <=> %(meant)s::vector({size}) LIMIT {NEAREST}"
    )


def _newest(pick: Pick, *more: str) -> str:
    """Those that came last, where nothing says what is near."""
    newest = f"ORDER BY properties.created_at DESC, properties.id DESC LIMIT {NEAREST}"
    return f"SELECT properties.id FROM properties WHERE {_where(*pick.conditions, *more)} {newest}"  # noqa: S608


def _worded(pick: Pick) -> str:
    """Those that have all the words; of very many, the newest are looked at."""
    worded = Pick(pick.table, [text.MATCHES, *pick.conditions], pick.params)
    recent.look_first(worded)
    pool = worded.first("properties.id, properties.created_at, properties.search_vector", NEWEST.sql, POOL)
    return f"SELECT id FROM ({pool}) properties ORDER BY {text.RANK} DESC, id DESC LIMIT {MOST_WORDED}"  # noqa: S608


def _distance(search: Search) -> str:
    """The cosine distance of a listing, nothing for one without a vector of the present model."""
    if search.vector is None:
        return "NULL::float8"
    size = port.current().dimensions
    return (
        f"(SELECT (e.embedding::vector({size}) <=> %(meant)s::vector({size}))::float8 FROM property_embeddings e "  # noqa: S608
        "WHERE e.property_id = properties.id AND e.model = %(model)s)"
    )


def _score(search: Search, distance: str = "") -> str:
    """A listing that has some of the words has some of their rank; one that has all has more than the sum of them.

    `distance` names the column in which the listing's distance stands already.
    """
    parts = [
        f"{ALL_WORDS} * (properties.search_vector @@ {_once('words')})::int",
        f"{WORDS} * ts_rank(properties.search_vector, {_once('any_words')}, 32)",
    ]
    if search.vector is not None:
        parts.append(f"{MEANING} * coalesce(1 - {distance or _distance(search)}, 0)")
    if search.wished:
        fulfilled = " + ".join(f"coalesce(({condition})::int, 0)" for condition in search.wished)
        parts.append(f"{WISHES} * ({fulfilled}) / {len(search.wished)}")
    parts += [f"{SAID} * {_said(number)}" for number in range(search.kinds)]
    return f"({' + '.join(parts)})::float8"


def _once(name: str) -> str:
    """The text query of a parameter, read once a statement and not once a listing."""
    return f"(SELECT to_tsquery('english', %({name})s))"


def _said(number: int) -> str:
    """1 where a listing says so, -1 where it says the contrary, 0 where it is silent."""
    spoken = "concat_ws(' ', properties.title, properties.description)"
    return f"CASE WHEN {spoken} ~* %(denied_{number})s THEN -1 WHEN {spoken} ~* %(affirmed_{number})s THEN 1 ELSE 0 END"
