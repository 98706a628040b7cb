"""What embedding over HTTP has in common: asking, asking again, and believing only whole answers."""

import math
import time
from collections.abc import Callable, Sequence
from typing import Any, TypeVar

import httpx2
import structlog
from django.conf import settings

from ghar import http
from ghar.embedding.port import EmbeddingFailed, Vector

log = structlog.get_logger(__name__)

BATCH = 50
WAITS_S = (1.0, 2.0, 4.0)
"""Seconds between the attempts for documents. A search asks once, because somebody waits."""

T = TypeVar("T")


def post(url: str, body: dict[str, Any], headers: dict[str, str], *, seconds: float, waits: Sequence[float]) -> Any:
    """The JSON that a provider answers. Raises EmbeddingFailed; what it said goes to the log."""
    for wait in (*waits, None):
        answer = _try(url, body, headers, seconds)
        if isinstance(answer, httpx2.Response) and answer.is_success:
            return _json(answer)
        if wait is None or not _may_pass(answer):
            raise EmbeddingFailed(_words(answer))
        time.sleep(wait)
    raise AssertionError("the last attempt has no wait")


def _try(url: str, body: dict[str, Any], headers: dict[str, str], seconds: float) -> httpx2.Response | httpx2.HTTPError:
    try:
        return http.client("embedding").post(url, json=body, headers=headers, timeout=seconds)
    except httpx2.HTTPError as fault:
        return fault


def _may_pass(answer: httpx2.Response | httpx2.HTTPError) -> bool:
    if isinstance(answer, httpx2.Response):
        return answer.status_code == httpx2.codes.TOO_MANY_REQUESTS or answer.is_server_error
    return True


def _words(answer: httpx2.Response | httpx2.HTTPError) -> str:
    if isinstance(answer, httpx2.Response):
        log.warning("an embedding provider refused", status=answer.status_code, said=answer.text[:500])
        return f"the embedding provider answered {answer.status_code}"
    log.warning("an embedding provider is away", error=repr(answer))
    return "the embedding provider cannot be reached"


def _json(answer: httpx2.Response) -> Any:
    try:
        return answer.json()
    except ValueError as wrong:
        raise EmbeddingFailed("the embedding provider answered no JSON") from wrong


def in_batches(texts: Sequence[T], ask: Callable[[Sequence[T]], list[Any]]) -> list[Vector]:
    """The vectors of all texts, `BATCH` a request. Raises EmbeddingFailed."""
    vectors: list[Vector] = []
    for begin in range(0, len(texts), BATCH):
        batch = texts[begin : begin + BATCH]
        found = ask(batch)
        if len(found) != len(batch):
            raise EmbeddingFailed(f"the embedding provider answered {len(found)} vectors for {len(batch)} texts")
        vectors.extend(whole(one) for one in found)
    return vectors


def whole(values: Any) -> Vector:
    """A vector of length one. Raises EmbeddingFailed for one of another size, without direction or not of numbers."""
    wanted = settings.EMBEDDING_DIMENSIONS
    if not isinstance(values, list) or len(values) != wanted:
        found = len(values) if isinstance(values, list) else "no list of"
        raise EmbeddingFailed(f"the embedding provider answered {found} numbers; EMBEDDING_DIMENSIONS is {wanted}")
    try:
        numbers = [float(value) for value in values]
        length = math.sqrt(math.fsum(value * value for value in numbers))
    except (TypeError, ValueError, OverflowError) as wrong:
        raise EmbeddingFailed("the embedding provider answered something else than numbers") from wrong
    if not length or not math.isfinite(length):
        raise EmbeddingFailed("the embedding provider answered a vector without direction")
    return [value / length for value in numbers]
