"""Google's Gemini as an embedder (https://ai.google.dev/api/embeddings)."""

from collections.abc import Sequence
from typing import Any

from django.conf import settings

from ghar.embedding import providers
from ghar.embedding.port import EmbeddingFailed, Vector

DEFAULT_MODEL = "gemini-embedding-2"
DEFAULT_BASE = "https://generativelanguage.googleapis.com/v1beta"


class Gemini:
    """One of its models. The second family is told in the text what a text is for, the first by a field."""

    understands = True

    def __init__(self) -> None:
        self._model = settings.EMBEDDING_MODEL or DEFAULT_MODEL
        self._base = settings.EMBEDDING_API_BASE or DEFAULT_BASE
        self.dimensions: int = settings.EMBEDDING_DIMENSIONS
        self.name = f"{self._model}/{self.dimensions}"

    def documents(self, texts: Sequence[str]) -> list[Vector]:
        """As the port has it."""
        requests = [self._request(f"title: none | text: {text}", text, "RETRIEVAL_DOCUMENT") for text in texts]
        seconds, waits = settings.EMBEDDING_TIMEOUT_S, providers.WAITS_S
        return providers.in_batches(requests, lambda batch: self._ask(batch, seconds, waits))

    def query(self, text: str) -> Vector:
        """As the port has it."""
        request = self._request(f"task: search result | query: {text}", text, "RETRIEVAL_QUERY")
        return providers.in_batches([request], lambda one: self._ask(one, settings.EMBEDDING_QUERY_TIMEOUT_S, ()))[0]

    def _request(self, told: str, text: str, task: str) -> dict[str, Any]:
        request: dict[str, Any] = {"model": f"models/{self._model}", "outputDimensionality": self.dimensions}
        if self._model.startswith(DEFAULT_MODEL):
            return {**request, "content": {"parts": [{"text": told}]}}
        return {**request, "content": {"parts": [{"text": text}]}, "taskType": task}

    def _ask(self, requests: Sequence[dict[str, Any]], seconds: float, waits: Sequence[float]) -> list[Any]:
        url = f"{self._base}/models/{self._model}:batchEmbedContents"
        headers = {"x-goog-api-key": settings.EMBEDDING_API_KEY}
        answer = providers.post(url, {"requests": list(requests)}, headers, seconds=seconds, waits=waits)
        try:
            return [one["values"] for one in answer["embeddings"]]
        except (KeyError, TypeError) as wrong:
            raise EmbeddingFailed("Gemini answered no embeddings") from wrong
