"""The part that runs inside the platform: it stores the listings, embeds them, and searches. A process of its own."""

import pickle
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import django

FIRST = 10
"""How many of a search's results are judged."""


@dataclass(frozen=True)
class Wanted:
    """What is to be done: store and embed listings, or search them."""

    listings: Path | None = None
    geo: Path | None = None
    searches: Sequence[str] = ()


@dataclass(frozen=True)
class Found:
    """The listings as judges see them, the ids that each way of searching finds for each search, and the model."""

    homes: dict[int, dict[str, Any]]
    text: list[list[int]]
    semantic: list[list[int]]
    hybrid: list[list[int]]
    model: str


def main() -> None:
    """Do what the harness at the other end of the pipes wants."""
    django.setup()
    wanted: Wanted = pickle.load(sys.stdin.buffer)
    if wanted.searches:
        pickle.dump(search(wanted.searches), sys.stdout.buffer)
    else:
        fill(wanted)


def fill(wanted: Wanted) -> None:
    """Store the made listings, and the real ones of a file, and embed them all."""
    from apps.properties.services import embedding, importing  # noqa: PLC0415 - Django is set up first
    from ghar.progress import Progress  # noqa: PLC0415

    _store_made()
    progress = Progress(sys.stderr)
    if wanted.listings is not None and wanted.geo is not None:
        importing.system_import_listings(wanted.listings, geo_path=wanted.geo, progress=progress)
    run = embedding.system_embed_listings(progress=progress)
    if run.failed:
        raise SystemExit(run.failed)


def _store_made() -> None:
    from apps.accounts.models import User  # noqa: PLC0415 - Django is set up first
    from apps.properties.models import Amenity, Property, PropertyAmenity  # noqa: PLC0415
    from bench.relevance.homes import homes  # noqa: PLC0415

    owner = User.objects.create(phone="+919811000045", full_name="Owner of judged listings")
    known = dict(Amenity.objects.values_list("title", "pk"))
    made = list(homes())
    rows = Property.objects.bulk_create(
        Property(owner=owner, **{name: value for name, value in home.items() if name != "amenities"}) for home in made
    )
    PropertyAmenity.objects.bulk_create(
        PropertyAmenity(property=row, amenity_id=known[title])
        for row, home in zip(rows, made, strict=True)
        for title in home["amenities"]
        if title in known
    )


def search(said: Sequence[str]) -> Found:
    """Every search in each of the three ways."""
    from ghar.embedding import port  # noqa: PLC0415 - Django is set up first

    return Found(
        homes=dict(_homes()),
        text=[_over_the_wire(q=words, sort_by="relevance") for words in said],
        semantic=[_by_vector_alone(words) for words in said],
        hybrid=[_over_the_wire(q=words, semantic_search=True) for words in said],
        model=port.current().name,
    )


def _over_the_wire(**asked: Any) -> list[int]:
    """The first ids of a search as a stranger makes it."""
    from apps.properties.selectors import search as searches  # noqa: PLC0415 - Django is set up first
    from apps.properties.serializers.listings import PropertySearchIn  # noqa: PLC0415
    from ghar.actors import ANONYMOUS  # noqa: PLC0415
    from ghar.api import pages, parsing  # noqa: PLC0415

    filters = parsing.arguments(PropertySearchIn, {**asked, "limit": FIRST})
    found = pages.read(searches.search_properties(ANONYMOUS, filters), filters)
    return [item["id"] for item in found["items"]]


def _by_vector_alone(said: str) -> list[int]:
    """The nearest vectors to that of the very words, all of them compared."""
    from django.db import connection  # noqa: PLC0415 - Django is set up first

    from ghar.embedding import port  # noqa: PLC0415

    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT property_id FROM property_embeddings ORDER BY embedding <=> %s::vector, property_id LIMIT %s",
            [str(port.current().query(said)), FIRST],
        )
        return [number for (number,) in cursor.fetchall()]


def _homes() -> Iterator[tuple[int, dict[str, Any]]]:
    """What judges look at: columns, equipment, and all words in lower case."""
    from apps.properties.models import Property  # noqa: PLC0415 - Django is set up first
    from apps.properties.rules import embedding_text  # noqa: PLC0415

    rows = Property.objects.filter(is_available=True).prefetch_related("property_amenities__amenity")
    for row in rows.defer("search_vector"):
        amenities = [entry.amenity.title for entry in row.property_amenities.all()]
        equipment = [*amenities, *embedding_text.features(row.features)]
        words = [row.title, embedding_text.plain(row.description or ""), row.search_keywords, row.landmark, *equipment]
        columns = {name: getattr(row, name) for name in _COLUMNS}
        said = " ".join(word for word in words if word).lower()
        yield row.pk, {**columns, "equipment": {one.lower() for one in equipment}, "words": said}


_COLUMNS = (
    "title", "property_type", "purpose", "bedrooms", "base_price", "floor_number", "furnishing_level", "locality",
    "sub_locality", "full_address", "source",
)  # fmt: skip
