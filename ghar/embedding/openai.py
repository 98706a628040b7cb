"""Services that speak OpenAI's embeddings protocol, hosted or one's own
(https://platform.openai.com/docs/api-reference/embeddings)."""

from collections.abc import Sequence
from typing import Any

from django.conf import settings

from ghar.embedding import providers
from ghar.embedding.port import EmbeddingFailed, Vector

DEFAULT_MODEL = "text-embedding-3-small"
DEFAULT_BASE = "https://api.openai.com/v1"


class OpenAICompatible:
    """One model at one address."""

    understands = True

    def __init__(self) -> None:
        self._model = settings.EMBEDDING_MODEL or DEFAULT_MODEL
        self._base = settings.EMBEDDING_API_BASE or DEFAULT_BASE
        self.dimensions: int = settings.EMBEDDING_DIMENSIONS
        self.name = f"{self._model}/{self.dimensions}"

    def documents(self, texts: Sequence[str]) -> list[Vector]:
        """As the port has it."""
        seconds, waits = settings.EMBEDDING_TIMEOUT_S, providers.WAITS_S
        return providers.in_batches(texts, lambda batch: self._ask(batch, seconds, waits))

    def query(self, text: str) -> Vector:
        """As the port has it."""
        return providers.in_batches([text], lambda one: self._ask(one, settings.EMBEDDING_QUERY_TIMEOUT_S, ()))[0]

    def _ask(self, texts: Sequence[str], seconds: float, waits: Sequence[float]) -> list[Any]:
        """Servers of one's own may not know `dimensions`; then their answer must have that size by itself."""
        body = {"model": self._model, "input": list(texts), "dimensions": self.dimensions, "encoding_format": "float"}
        headers = {"Authorization": f"Bearer {settings.EMBEDDING_API_KEY}"} if settings.EMBEDDING_API_KEY else {}
        answer = providers.post(f"{self._base}/embeddings", body, headers, seconds=seconds, waits=waits)
        try:
            return [one["embedding"] for one in sorted(answer["data"], key=lambda one: int(one["index"]))]
        except (KeyError, TypeError, ValueError) as wrong:
            raise EmbeddingFailed("the embedding provider answered no embeddings") from wrong
