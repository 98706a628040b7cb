"""What a process embeds with, what `/health` says of it, and how searches are embedded."""

from ghar.embedding import port, queries


def test_without_weights_words_are_compared_and_health_says_so(api, settings, tmp_path):
    settings.EMBEDDER = "minilm"
    settings.EMBEDDING_MODELS_DIR = tmp_path
    assert port.current().name == "lexical-hash-384"
    told = api.get("/health").json()["embedding"]
    assert (told["model"], told["understands_meaning"]) == ("lexical-hash-384", False)
    assert "model.onnx is missing" in told["note"]
    assert "bin/ghar setup" in told["note"]


def test_who_chooses_words_is_told_nothing(api, settings):
    settings.EMBEDDER = "lexical"
    told = api.get("/health").json()
    assert told["embedding"] == {"model": "lexical-hash-384", "understands_meaning": False, "note": None}
    assert told["status"] == "healthy"


def test_the_same_search_is_embedded_once(provider, settings):
    settings.EMBEDDER = "openai"
    provider.answer = lambda path, body: {"data": [{"index": 0, "embedding": [1, 0, 0]}]}
    assert queries.find_vector("Flat  near METRO") == [1.0, 0.0, 0.0]
    assert queries.find_vector("flat near metro ") == [1.0, 0.0, 0.0]
    assert len(provider.asked) == 1
    assert queries.find_vector("villa") == [1.0, 0.0, 0.0]
    assert len(provider.asked) == 2


def test_nobody_waits_for_a_provider_that_has_just_failed(provider, settings):
    settings.EMBEDDER = "openai"
    provider.answer = lambda path, body: 503
    assert queries.find_vector("flat") is None
    assert queries.find_vector("villa") is None
    assert len(provider.asked) == 1
