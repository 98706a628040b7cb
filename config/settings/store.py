"""Where small things are kept for a while."""

from django.core.exceptions import ImproperlyConfigured

from config.settings.environment import ROOT, counts, read

STORE_BACKEND = read("STORE_BACKEND")
STORE_BACKENDS = {
    "redis": "ghar.store.in_redis.RedisKeeper",
    "lmdb": "ghar.store.in_lmdb.LmdbKeeper",
}
if STORE_BACKEND not in STORE_BACKENDS:
    raise ImproperlyConfigured(f"STORE_BACKEND is {STORE_BACKEND!r}; it must be one of {', '.join(STORE_BACKENDS)}.")
STORE_PATH = ROOT / read("STORE_PATH")
STORE_BYTES = read("STORE_MB") * 1024 * 1024
SEMAPHORES = counts("SEMAPHORES")

TEMPORARY_ROOT = ROOT / read("TEMPORARY_ROOT")
TEMPORARY_FILE_BYTES = read("TEMPORARY_FILE_MB") * 1024 * 1024
TEMPORARY_TOTAL_BYTES = read("TEMPORARY_TOTAL_MB") * 1024 * 1024
TEMPORARY_SECONDS = read("TEMPORARY_SECONDS")
