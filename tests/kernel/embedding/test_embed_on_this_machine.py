"""The local model, with its real weights: `bin/ghar test` fetches them."""

import math

import pytest
from django.conf import settings

from ghar.embedding import port
from ghar.embedding.encoder import Encoder
from ghar.embedding.minilm import BATCH, MiniLM
from ghar.embedding.port import EmbeddingFailed
from tests.support.at_once import at_once

pytestmark = pytest.mark.skipif(
    port.missing_weights(settings.EMBEDDING_MODELS_DIR) is not None, reason="bin/ghar setup --only models"
)


@pytest.fixture(scope="module")
def minilm() -> MiniLM:
    return MiniLM()


def alike(one: list[float], other: list[float]) -> float:
    return math.fsum(a * b for a, b in zip(one, other, strict=True))


def test_the_figures_that_its_authors_published(minilm):
    """The similarities of the example on the model's page."""
    source, *others = minilm.documents(
        ["That is a happy person", "That is a happy dog", "That is a very happy person", "Today is a sunny day"]
    )
    assert [round(alike(source, other), 3) for other in others] == [0.695, 0.943, 0.257]


def test_vectors_of_length_one(minilm):
    for text in ("", " ", "flat", "घर", "!", "a" * 5000, "\x00"):
        vector = minilm.query(text)
        assert len(vector) == minilm.dimensions
        assert math.isclose(alike(vector, vector), 1, abs_tol=1e-5)


def test_a_vector_does_not_depend_on_the_batch(minilm):
    texts = [f"{number} BHK flat {'near the metro ' * (number % 7)}" for number in range(BATCH + 5)]
    together = minilm.documents(texts)
    for text, vector in zip(texts, together, strict=True):
        assert vector == pytest.approx(minilm.query(text), abs=1e-5)


def test_meaning_counts_more_than_words(minilm):
    wish = minilm.query("somewhere calm to bring up children")
    quiet, loud = minilm.documents(["Peaceful family home beside a park", "Bachelor pad above a night club"])
    assert alike(wish, quiet) > alike(wish, loud)


def test_no_text_is_too_long(minilm):
    begins = "quiet flat " * 300
    assert minilm.query(begins) == pytest.approx(minilm.query(begins + "noisy"), abs=1e-6)


def test_a_broken_file_is_a_failure_that_callers_know(tmp_path):
    (tmp_path / "model.onnx").write_bytes(b"no model")
    (tmp_path / "tokenizer.json").write_text("{}")
    with pytest.raises(EmbeddingFailed, match="does not run"):
        MiniLM(tmp_path).query("flat")


def test_several_threads_load_it_once(monkeypatch):
    loaded = []

    class Counting(Encoder):
        def __init__(self, *args, **kwargs):
            loaded.append(1)
            super().__init__(*args, **kwargs)

    monkeypatch.setattr("ghar.embedding.encoder.Encoder", Counting)
    model = MiniLM()
    assert len(at_once([lambda: model.query("flat")] * 4)) == 4
    assert loaded == [1]
