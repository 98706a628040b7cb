"""The port to what turns texts into vectors, so that texts of like meaning lie close together. EMBEDDER chooses it.

    vectors = port.current().documents(["3 BHK flat in Sector 45"])      # one list of floats each
    vector = queries.find_vector("flat near the metro")                  # kept for the next who asks the same

Vectors of two models say nothing to each other: whoever stores one stores the embedder's `name` with it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Protocol

from django.conf import settings
from django.utils.module_loading import import_string

Vector = list[float]

LEXICAL = "lexical"


class EmbeddingFailed(Exception):
    """The provider did not answer, or not with as many whole vectors as there were texts."""


class Embedder(Protocol):
    """One model. Vectors have `dimensions` numbers, are of length one, and are never all zeros."""

    name: str
    dimensions: int
    understands: bool
    """Does it know what words mean? One that does not compares spellings."""

    def documents(self, texts: Sequence[str]) -> list[Vector]:
        """The vectors of texts that are searched, in their order. Raises EmbeddingFailed."""

    def query(self, text: str) -> Vector:
        """The vector of what somebody looks for. Raises EmbeddingFailed."""


@dataclass(frozen=True)
class Standing:
    """What this process embeds with; `note` says why it is not what the settings ask for."""

    model: str
    understands_meaning: bool
    note: str | None


def current() -> Embedder:
    """The embedder of this process."""
    return _chosen()[0]


def standing() -> Standing:
    """What `/health` tells."""
    embedder, note = _chosen()
    return Standing(embedder.name, embedder.understands, note)


@cache
def _chosen() -> tuple[Embedder, str | None]:
    """The one that the settings name; without its weights the lexical one, which needs none."""
    if settings.EMBEDDER == "minilm" and (missing := missing_weights(settings.EMBEDDING_MODELS_DIR)):
        return _named(LEXICAL), f"{missing} is missing, so words are compared and not meanings: run bin/ghar setup"
    return _named(settings.EMBEDDER), None


def missing_weights(folder: Path) -> Path | None:
    """The first file of the local model that is not there."""
    files = (folder / "minilm-l6-v2" / name for name in ("model.onnx", "tokenizer.json"))
    return next((file for file in files if not file.is_file()), None)


def _named(name: str) -> Embedder:
    embedder: Embedder = import_string(settings.EMBEDDERS[name])()
    return embedder


def forget() -> None:
    """Look at the settings again, in tests that change them."""
    _chosen.cache_clear()
