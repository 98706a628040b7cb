"""What is sent to the providers, and what is believed of their answers."""

import pytest

from ghar.embedding import port, providers
from ghar.embedding.gemini import Gemini
from ghar.embedding.openai import OpenAICompatible
from ghar.embedding.port import EmbeddingFailed


def told(path, body):
    """The vector of each text tells its number; Gemini and OpenAI have answers of their own shapes."""
    if "requests" in body:
        return {"embeddings": [{"values": [3, 4, 0]} for _ in body["requests"]]}
    numbered = [{"index": number, "embedding": [0, number + 1, 0]} for number in range(len(body["input"]))]
    return {"data": numbered[::-1]}


def test_gemini_is_told_what_a_text_is_for(provider):
    provider.answer = told
    gemini = Gemini()
    assert gemini.documents(["a flat"]) == [[0.6, 0.8, 0.0]]
    assert gemini.query("flat?") == [0.6, 0.8, 0.0]
    path, headers, body = provider.asked[0]
    assert path == "/v1/models/gemini-embedding-2:batchEmbedContents"
    assert headers["x-goog-api-key"] == "the-key"
    assert body["requests"] == [
        {
            "model": "models/gemini-embedding-2",
            "outputDimensionality": 3,
            "content": {"parts": [{"text": "title: none | text: a flat"}]},
        }
    ]
    asked = provider.asked[1][2]["requests"][0]
    assert asked["content"]["parts"][0]["text"] == "task: search result | query: flat?"
    assert gemini.name == "gemini-embedding-2/3"


def test_the_first_family_is_told_by_a_field(provider, settings):
    settings.EMBEDDING_MODEL = "gemini-embedding-001"
    provider.answer = told
    Gemini().documents(["a flat"])
    Gemini().query("flat?")
    requests = [body["requests"][0] for _, _, body in provider.asked]
    assert [request["taskType"] for request in requests] == ["RETRIEVAL_DOCUMENT", "RETRIEVAL_QUERY"]
    assert requests[1]["content"]["parts"][0]["text"] == "flat?"


def test_openai_answers_in_any_order(provider, settings):
    settings.EMBEDDING_MODEL = "our-model"
    provider.answer = told
    vectors = OpenAICompatible().documents([f"text {number}" for number in range(120)])
    assert vectors == [[0.0, 1.0, 0.0]] * 120
    assert [len(body["input"]) for _, _, body in provider.asked] == [50, 50, 20]
    path, headers, body = provider.asked[0]
    assert (path, headers["authorization"]) == ("/v1/embeddings", "Bearer the-key")
    assert (body["model"], body["dimensions"], body["input"][0]) == ("our-model", 3, "text 0")


def test_order_of_openais_vectors(provider):
    provider.answer = lambda path, body: {
        "data": [{"index": 1, "embedding": [0, 1, 0]}, {"index": 0, "embedding": [1, 0, 0]}]
    }
    assert OpenAICompatible().documents(["first", "second"]) == [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0]]


def test_no_key_is_sent_to_a_server_of_ones_own(provider, settings):
    settings.EMBEDDING_API_KEY = ""
    provider.answer = told
    OpenAICompatible().query("flat")
    assert "authorization" not in provider.asked[0][1]


@pytest.mark.parametrize("passing", [429, 500, 503])
def test_documents_are_asked_for_again_and_a_search_is_not(provider, passing):
    provider.answer = lambda path, body: passing if len(provider.asked) < 3 else told(path, body)
    assert OpenAICompatible().documents(["flat"]) == [[0.0, 1.0, 0.0]]
    assert len(provider.asked) == 3
    provider.asked.clear()
    with pytest.raises(EmbeddingFailed, match=str(passing)):
        OpenAICompatible().query("flat")
    assert len(provider.asked) == 1


def test_a_refusal_is_final(provider):
    provider.answer = lambda path, body: 401
    with pytest.raises(EmbeddingFailed, match="401"):
        OpenAICompatible().documents(["flat"])
    assert len(provider.asked) == 1


@pytest.mark.parametrize(
    "vectors",
    [
        [],
        [[1, 0, 0], [1, 0, 0]],
        [[1, 0]],
        [[0, 0, 0]],
        [[1, "x", 0]],
        [[1, None, 0]],
        ["abc"],
        [None],
        [[1e200, 1e200, 1e200]],
    ],
)
def test_only_whole_vectors_are_believed(provider, vectors):
    provider.answer = lambda path, body: {
        "data": [{"index": number, "embedding": one} for number, one in enumerate(vectors)]
    }
    with pytest.raises(EmbeddingFailed):
        OpenAICompatible().documents(["flat"])


@pytest.mark.parametrize("answer", [b"<html>", b"[]", b"{}", b'{"data": 1}', b'{"data": [{}]}'])
@pytest.mark.parametrize("embedder", [Gemini, OpenAICompatible])
def test_foreign_answers_are_failures(provider, answer, embedder):
    provider.answer = lambda path, body: answer
    with pytest.raises(EmbeddingFailed):
        embedder().query("flat")


def test_a_provider_that_nobody_answers_for(settings):
    settings.EMBEDDING_API_BASE = "http://127.0.0.1:1"
    with pytest.raises(EmbeddingFailed, match="cannot be reached"):
        OpenAICompatible().documents(["flat"])


def test_settings_choose(settings):
    settings.EMBEDDER = "openai"
    port.forget()
    assert port.standing() == port.Standing("text-embedding-3-small/768", True, None)
    assert providers.BATCH <= 100  # what Gemini takes at once
