"""all-MiniLM-L6-v2 on this machine: 384 numbers a text, English above all, run by onnxruntime.

`ops.models` fetches its weights. 32-bit floats and one thread a run make a text's vector the same whatever else is
in its batch, and half as expensive as with two threads.
"""

import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils.module_loading import import_string

from ghar.embedding.port import EmbeddingFailed, Vector

MOST_TOKENS = 256
"""What the model was trained on; the rest of a longer text is not seen."""
BATCH = 16


class MiniLM:
    """Loads its weights when it is first asked, once a process: 0.5 s, and 230 MB of memory from then on."""

    name = "all-MiniLM-L6-v2"
    dimensions = 384
    understands = True

    def __init__(self, folder: Path | None = None) -> None:
        self._folder = folder or settings.EMBEDDING_MODELS_DIR / "minilm-l6-v2"
        self._loading = threading.Lock()
        self._encoder: Any = None

    def documents(self, texts: Sequence[str]) -> list[Vector]:
        """As the port has it. Texts of like length go together, because a batch is as long as its longest."""
        order = sorted(range(len(texts)), key=lambda position: len(texts[position]))
        vectors: list[Vector] = [[] for _ in texts]
        for begin in range(0, len(order), BATCH):
            positions = order[begin : begin + BATCH]
            found = self._encode([texts[position] for position in positions])
            for position, vector in zip(positions, found, strict=True):
                vectors[position] = vector
        return vectors

    def query(self, text: str) -> Vector:
        """As the port has it; the model makes no difference between the two."""
        return self._encode([text])[0]

    def _encode(self, texts: Sequence[str]) -> list[Vector]:
        """onnxruntime has no class that all its errors share; a broken file of weights is such an error."""
        try:
            vectors: list[Vector] = self._loaded().encode(texts)
        except Exception as fault:
            raise EmbeddingFailed(f"{self.name} does not run: {fault}") from fault
        return vectors

    def _loaded(self) -> Any:
        with self._loading:
            if self._encoder is None:
                encoder = import_string("ghar.embedding.encoder.Encoder")
                self._encoder = encoder(self._folder, most_tokens=MOST_TOKENS)
            return self._encoder
