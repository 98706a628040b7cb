"""Embeds the listings that changed: reads a batch, lets go of the database, embeds, and stores what is still true.

A request (`EmbeddingRequest`) is there as long as its listing is not embedded, so whatever dies on the way leaves the
rest to the next run, and nothing is embedded twice.
"""

import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import structlog
from django.contrib.postgres.expressions import ArraySubquery
from django.db import connection
from django.db.models import F, OuterRef, Q
from django.db.models.functions import Now

from apps.properties.models import EmbeddingRequest, Property, PropertyAmenity, PropertyEmbedding
from apps.properties.rules import embedding_text
from apps.properties.selectors import rankings
from apps.properties.services import embedding_lease
from ghar import clock
from ghar.embedding import port
from ghar.embedding.port import EmbeddingFailed, Vector
from ghar.progress import Progress

log = structlog.get_logger(__name__)

BATCH = 64
LONGEST_PAUSE = timedelta(hours=12)

_FACTS = (
    "title", "property_type", "purpose", "status", "sub_locality", "locality", "city", "state", "country", "pincode",
    "bedrooms", "bathrooms", "area_sqft", "parking_spaces", "base_price", "monthly_rent", "description",
    "search_keywords", "features", "tags", "landmark", "furnishing_level",
)  # fmt: skip

# Only what nobody changed since it was read. Rows that somebody is writing at this moment are passed over and stay
# requested: waiting for them, with others locked, could stop whoever writes.
_STORE = """
WITH done AS (
  SELECT * FROM unnest(%(ids)s::bigint[], %(versions)s::bigint[], %(hashes)s::text[], %(vectors)s::text[])
    AS done (property_id, version, text_hash, embedding)
), current AS MATERIALIZED (
  SELECT done.* FROM done
    JOIN embedding_requests r ON r.property_id = done.property_id AND r.version = done.version
    JOIN properties p ON p.id = done.property_id
  FOR UPDATE OF r SKIP LOCKED FOR KEY SHARE OF p SKIP LOCKED
), answered AS (
  DELETE FROM embedding_requests r USING current WHERE r.property_id = current.property_id
), withdrawn AS (
  DELETE FROM property_embeddings e USING current WHERE e.property_id = current.property_id
    AND current.text_hash = ''
), stored AS (
  INSERT INTO property_embeddings (property_id, model, text_hash, embedding)
  SELECT property_id, %(model)s, text_hash, embedding::vector FROM current WHERE embedding IS NOT NULL
  ON CONFLICT (property_id) DO UPDATE SET model = excluded.model, text_hash = excluded.text_hash,
    embedding = excluded.embedding, embedded_at = now()
)
SELECT count(*) FILTER (WHERE embedding IS NOT NULL), count(*) FILTER (WHERE text_hash = ''), count(*) FROM current
"""


class NoSuchModel(Exception):
    """No listing has a vector of that model."""


@dataclass
class Run:
    """What a run did: texts embedded, texts that were as before, vectors of unavailable listings removed.

    `failed` says why the run stopped early; what is left stays requested.
    """

    embedded: int = 0
    unchanged: int = 0
    removed: int = 0
    failed: str = ""


@dataclass(frozen=True)
class _Due:
    """A requested listing. Without a text it is not available; `known` when its text is embedded as it is."""

    property_id: int
    version: int
    text: str
    text_hash: str
    known: bool


@dataclass
class _Batch:
    """Rows to store together; the vectors of those with a new text."""

    rows: list[_Due]
    vectors: dict[int, Vector] = field(default_factory=dict)


def system_embed_listings(*, seconds: float | None = None, progress: Progress | None = None) -> Run:
    """Embed what is requested and due, until nothing is left or `seconds` have passed. Raises EmbeddingUnderWay."""
    run, embedder = Run(), port.current()
    ends = time.monotonic() + seconds if seconds else None
    shown = progress or Progress()
    with embedding_lease.system_hold() as lease, shown.bar("Listings", system_count_due()) as bar:
        while (ends is None or time.monotonic() < ends) and (rows := _due(embedder.name)):
            lease.renew()
            batch = _Batch(rows)
            try:
                batch.vectors = _embed(embedder, rows)
            except EmbeddingFailed as failure:
                run.failed = str(failure)
                _put_off(rows)
                log.warning("listings were not embedded", count=len(rows), model=embedder.name, why=run.failed)
                break
            lease.renew()
            if not (stored := _store(embedder.name, batch, run)):
                break  # all of them are being written at this moment; the next run has them
            bar.advance(stored)
    return run


def system_count_due() -> int:
    """How many listings wait to be embedded now."""
    return EmbeddingRequest.objects.filter(not_before__lte=Now()).count()


def _due(model: str) -> list[_Due]:
    """A batch of those never tried, the longest waiting first; then, one by one, those that failed before."""
    amenities = PropertyAmenity.objects.filter(property=OuterRef("property")).values("amenity__title")
    columns = {f"fact_{name}": F(f"property__{name}") for name in _FACTS}
    rows = (
        EmbeddingRequest.objects.filter(not_before__lte=Now())
        .order_by("attempts", "version")
        .annotate(amenities=ArraySubquery(amenities), is_available=F("property__is_available"), **columns)
        .annotate(known_hash=F("property__embedding__text_hash"), known_model=F("property__embedding__model"))
        .values()[:BATCH]
    )
    found: list[Any] = list(rows)
    fresh = [row for row in found if not row["attempts"]] or found[:1]
    return [_read(row, model) for row in fresh]


def _read(row: dict[str, Any], model: str) -> _Due:
    if not row["is_available"]:
        return _Due(row["property_id"], row["version"], "", "", known=True)
    text = embedding_text.compose({name: row[f"fact_{name}"] for name in _FACTS} | {"amenities": row["amenities"]})
    text_hash = embedding_text.digest(text, model)
    return _Due(row["property_id"], row["version"], text, text_hash, known=row["known_hash"] == text_hash)


def _embed(embedder: port.Embedder, rows: Sequence[_Due]) -> dict[int, Vector]:
    """The vectors of the rows whose text is another than the one embedded; no connection is held meanwhile."""
    new = [row for row in rows if not row.known]
    if not new:
        return {}
    if not connection.in_atomic_block:
        connection.close()
    vectors = embedder.documents([row.text for row in new])
    return {row.property_id: vector for row, vector in zip(new, vectors, strict=True)}


def _store(model: str, batch: _Batch, run: Run) -> int:
    vectors = [batch.vectors.get(row.property_id) for row in batch.rows]
    params: dict[str, Any] = {
        "ids": [row.property_id for row in batch.rows],
        "versions": [row.version for row in batch.rows],
        "hashes": [row.text_hash for row in batch.rows],
        "vectors": [None if vector is None else str(vector) for vector in vectors],
        "model": model,
    }
    with connection.cursor() as cursor:
        cursor.execute(_STORE, params)
        embedded, removed, stored = cursor.fetchone()
    rankings.forget()
    run.embedded += embedded
    run.removed += removed
    run.unchanged += stored - embedded - removed
    return int(stored)


def _put_off(rows: Sequence[_Due]) -> None:
    """Try them again later, each alone, so that one that no model takes stops nobody but itself."""
    for row in rows:
        request = EmbeddingRequest.objects.filter(pk=row.property_id, version=row.version)
        attempts = request.values_list("attempts", flat=True).first() or 0
        pause = min(timedelta(minutes=2**attempts), LONGEST_PAUSE)
        request.update(attempts=F("attempts") + 1, not_before=clock.now() + pause)


def system_request_missing(*, model: str | None = None, everything: bool = False) -> int:
    """Note listings to be embedded; answers how many.

    Those that are available and have no vector of the present model; with `model`, those that have one of that model;
    with `everything`, all, also where the text is as before. Raises NoSuchModel.
    """
    available = Property.objects.filter(is_available=True)
    if everything:
        PropertyEmbedding.objects.update(text_hash="")
        wanted = available
    elif model:
        if not PropertyEmbedding.objects.filter(model=model).update(text_hash=""):
            raise NoSuchModel(_of_no_vector(model))
        wanted = available.filter(embedding__model=model)
    else:
        other = Q(embedding__isnull=True) | ~Q(embedding__model=port.current().name)
        wanted = available.filter(other, embedding_request__isnull=True)
    ids = list(wanted.order_by("pk").values_list("pk", flat=True))
    with connection.cursor() as cursor:
        cursor.execute("SELECT request_embeddings(%s::bigint[])", [ids])
    return len(ids)


def _of_no_vector(model: str) -> str:
    known = PropertyEmbedding.objects.order_by("model").values_list("model", flat=True).distinct()
    return f"No vector is of the model {model}. There are vectors of: {', '.join(known) or 'none'}."
