"""What turns texts into vectors, for searches by meaning."""

from django.core.exceptions import ImproperlyConfigured

from config.settings.environment import ROOT, read

EMBEDDER = read("EMBEDDER")
EMBEDDERS = {
    "minilm": "ghar.embedding.minilm.MiniLM",
    "gemini": "ghar.embedding.gemini.Gemini",
    "openai": "ghar.embedding.openai.OpenAICompatible",
    "lexical": "ghar.embedding.lexical.Lexical",
}
EMBEDDING_MODEL = read("EMBEDDING_MODEL")
EMBEDDING_API_BASE = read("EMBEDDING_API_BASE").rstrip("/")
EMBEDDING_API_KEY = read("EMBEDDING_API_KEY") or (read("GOOGLE_API_KEY") if EMBEDDER == "gemini" else "")
EMBEDDING_DIMENSIONS = read("EMBEDDING_DIMENSIONS")
EMBEDDING_TIMEOUT_S = read("EMBEDDING_TIMEOUT_S")
EMBEDDING_QUERY_TIMEOUT_S = read("EMBEDDING_QUERY_TIMEOUT_S")
EMBEDDING_MODELS_DIR = ROOT / read("EMBEDDING_MODELS_DIR")

if EMBEDDER not in EMBEDDERS:
    raise ImproperlyConfigured(f"EMBEDDER is {EMBEDDER!r}; it must be one of {', '.join(EMBEDDERS)}.")
if not 1 <= EMBEDDING_DIMENSIONS <= 2000:
    raise ImproperlyConfigured("EMBEDDING_DIMENSIONS must be 1 to 2000, which is what an index of pgvector takes.")
