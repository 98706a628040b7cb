"""`bin/ghar bench relevance`: how well text, semantic and hybrid search find what judged queries mean."""

import argparse
import hashlib
import pickle
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import asdict
from pathlib import Path
from typing import Any

from bench import database, prose, servers
from bench.database import ROOT
from bench.relevance import concepts, homes, inside
from bench.relevance.inside import FIRST, Found, Wanted
from bench.relevance.judging import Query
from bench.relevance.measures import GOOD, Score, mean, score
from bench.relevance.queries import QUERIES

NAME = "ghar_relevance"
WAYS = ("text", "semantic", "hybrid")
Scores = dict[Query, dict[str, Score]]


def run(options: argparse.Namespace, say: Callable[[str], None]) -> tuple[dict[str, Any], list[str], bool]:
    """Judge: values for the file, lines for people, and whether hybrid fails to beat both others."""
    wanted = Wanted(options.listings, options.geo)
    database.have(options.database, f"relevance {_digest(wanted)}", lambda: _fill(options.database, wanted, say))
    say(f"Search with {len(QUERIES)} queries in three ways ...")
    found: Found = pickle.loads(_inside(options.database, Wanted(searches=[query.said for query in QUERIES])))
    scores = _judged(found)
    return _values(found, scores), list(_lines(found, scores)), not _beats(scores)


def add_options(parser: argparse.ArgumentParser) -> None:
    """What can be chosen."""
    parser.add_argument("--listings", type=Path, metavar="CSV", help="real listings, as `import_listings` takes them")
    parser.add_argument("--geo", type=Path, metavar="CSV", help="where places are, as `import_listings` takes it")
    parser.add_argument("--database", default=NAME, help="the database to make (%(default)s)")


def _digest(wanted: Wanted) -> str:
    """Changes with whatever the database is made of."""
    made = [Path(module.__file__ or "") for module in (inside, homes, concepts, prose)]
    code = [ROOT / "apps/properties/rules/embedding_text.py", *sorted(ROOT.glob("apps/*/migrations/*.py"))]
    given = [file for file in (wanted.listings, wanted.geo) if file is not None]
    contents = b"".join(file.name.encode() + file.read_bytes() for file in [*made, *code, *given])
    return hashlib.sha256(contents).hexdigest()[:16]


def _fill(name: str, wanted: Wanted, say: Callable[[str], None]) -> None:
    say(f"Store and embed the listings of {name} ...")
    _inside(name, wanted)
    with closing(database.connect(name)) as connection:
        connection.execute("VACUUM (ANALYZE)")


def _inside(name: str, wanted: Wanted) -> bytes:
    done = subprocess.run(
        [sys.executable, "-c", "from bench.relevance import inside; inside.main()"],
        cwd=ROOT,
        env=servers.environment(name) | {"DB_ROLE": "web" if wanted.searches else "background"},
        input=pickle.dumps(wanted),
        stdout=subprocess.PIPE,
        check=True,
    )
    return done.stdout


def _judged(found: Found) -> Scores:
    """The scores of each query for which something good is there."""
    scores: Scores = {}
    for place, query in enumerate(QUERIES):
        grades = {number: query.grade(home) for number, home in found.homes.items()}
        if max(grades.values()) < GOOD:
            continue
        ranked = {way: [grades[number] for number in getattr(found, way)[place]] for way in WAYS}
        scores[query] = {way: score(ranked[way], list(grades.values()), first=FIRST) for way in WAYS}
    return scores


def _groups(scores: Scores) -> Iterator[tuple[str, list[Query]]]:
    for language in ("en", "hinglish", "hi"):
        yield language, [query for query in scores if query.language == language]
    yield "hard", [query for query in scores if query.hard]
    yield "all", list(scores)


def _means(scores: Scores) -> dict[str, dict[str, Score]]:
    return {
        name: {way: mean([scores[query][way] for query in queries]) for way in WAYS}
        for name, queries in _groups(scores)
        if queries
    }


def _beats(scores: Scores) -> bool:
    overall = _means(scores)["all"]
    others = (overall["text"], overall["semantic"])
    hybrid = overall["hybrid"]
    return all(hybrid.ndcg > one.ndcg and hybrid.reciprocal > one.reciprocal for one in others)


def _values(found: Found, scores: Scores) -> dict[str, Any]:
    return {
        "model": found.model,
        "listings": len(found.homes),
        "published_listings": sum(home["source"] is not None for home in found.homes.values()),
        "judged": len(scores),
        "hybrid_beats_both": _beats(scores),
        "means": {group: _plain(ways) for group, ways in _means(scores).items()},
        "queries": [
            {"said": query.said, "language": query.language, "hard": query.hard} | _plain(ways)
            for query, ways in scores.items()
        ],
    }


def _plain(ways: dict[str, Score]) -> dict[str, Any]:
    return {way: {name: round(value, 4) for name, value in asdict(one).items()} for way, one in ways.items()}


def _lines(found: Found, scores: Scores) -> Iterator[str]:
    published = sum(home["source"] is not None for home in found.homes.values())
    yield f"{len(found.homes)} listings, of which {published} are published ones; {len(scores)} judged queries"
    yield f"Model: {found.model}\n"
    yield f"  {'':10}{'queries':>8}" + "".join(f"{way:>20}" for way in WAYS)
    yield f"  {'':18}" + f"{'nDCG@10':>12}{'MRR':>8}" * len(WAYS)
    counts = {name: len(queries) for name, queries in _groups(scores)}
    for group, ways in _means(scores).items():
        yield f"  {group:10}{counts[group]:>8}" + "".join(
            f"{value.ndcg:>12.3f}{value.reciprocal:>8.3f}" for value in ways.values()
        )
    yield f"\nHybrid beats both: {'yes' if _beats(scores) else 'NO'}"
