"""Vectors of what people search for: kept, because many ask the same, and given up for a while after a failure."""

import time
from functools import lru_cache

import structlog

from ghar.embedding import port
from ghar.embedding.port import EmbeddingFailed, Vector

log = structlog.get_logger(__name__)

KEPT = 2048
"""Vectors that a process keeps; 384 numbers are 12 KB."""
REST_S = 15.0
"""So long nobody waits for a provider that has just failed."""

_resting_until = 0.0


def find_vector(text: str) -> Vector | None:
    """The vector of a search, None while its provider is away. Call it outside transactions: it may take seconds."""
    global _resting_until  # noqa: PLW0603 - one flag a process, written by whoever meets the failure
    embedder = port.current()
    if time.monotonic() < _resting_until:
        return None
    try:
        return _vector(embedder.name, " ".join(text.lower().split()))
    except EmbeddingFailed as failure:
        _resting_until = time.monotonic() + REST_S
        log.warning("a search cannot be embedded", model=embedder.name, why=str(failure))
        return None


@lru_cache(maxsize=KEPT)
def _vector(_model: str, text: str) -> Vector:
    return port.current().query(text)


def forget() -> None:
    """Keep nothing and wait for nobody, as a process that has just begun."""
    global _resting_until  # noqa: PLW0603
    _resting_until = 0.0
    _vector.cache_clear()
