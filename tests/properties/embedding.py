"""What tests of embedding share."""

import hashlib
from typing import Any

from django.db import connection

from apps.properties.models import EmbeddingLease, EmbeddingRequest, PropertyEmbedding


def requested() -> set[int]:
    """The listings that wait to be embedded."""
    return set(EmbeddingRequest.objects.values_list("property_id", flat=True))


def embedded() -> set[int]:
    """The listings that have a vector."""
    return set(PropertyEmbedding.objects.values_list("property_id", flat=True))


def make_due() -> None:
    """What was put off is due, and no lease is held any more: as if the time had passed."""
    with connection.cursor() as cursor:
        cursor.execute("UPDATE embedding_requests SET not_before = now() - interval '1 s'")
    EmbeddingLease.objects.update(expires_at="2020-01-01T00:00:00Z")


def vector_of(text: str) -> list[float]:
    """A vector of three numbers that no other text has."""
    digest = hashlib.sha256(text.encode()).digest()
    return [float(digest[0]) + 1, float(digest[1]), float(digest[2])]


def answer(_path: str, body: Any) -> Any:
    """What a well-behaved provider answers."""
    return {"data": [{"index": n, "embedding": vector_of(text)} for n, text in enumerate(body["input"])]}
