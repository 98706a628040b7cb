"""The image provider of the design studio."""

from django.core.exceptions import ImproperlyConfigured

from config.settings.environment import read

STUDIO_PROVIDER = read("STUDIO_PROVIDER")
STUDIO_API_BASE = read("STUDIO_API_BASE").rstrip("/")
STUDIO_API_KEY = read("STUDIO_API_KEY") or (read("GOOGLE_API_KEY") if STUDIO_PROVIDER == "gemini" else "")
STUDIO_MODEL = read("STUDIO_MODEL")
STUDIO_TIMEOUT_S = read("STUDIO_TIMEOUT_S")
STUDIO_AT_ONCE = read("STUDIO_AT_ONCE")
STUDIO_A_DAY = read("STUDIO_A_DAY")

if STUDIO_PROVIDER not in ("gemini", "openai"):
    raise ImproperlyConfigured("STUDIO_PROVIDER must be gemini or openai.")
