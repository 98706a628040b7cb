"""What listings do by the clock."""

from datetime import timedelta

from django.conf import settings

from apps.properties.services import counting, embedding, stale, vocabulary
from ghar.jobs import Queue, every, job


@every(timedelta(minutes=1))
@job(once=True)
def store_views() -> None:
    """Store how often listings were looked at."""
    counting.system_store_views()


@every("15 3 * * *")
@job(once=True)
def pause_stale_listings() -> None:
    """Pause shared homes that nobody has touched for a long time."""
    stale.system_pause_stale_listings()


@every(timedelta(minutes=1))
@job(once=True, queue=Queue.MODELS, seconds=300)
def embed_listings() -> None:
    """Embed the listings that changed, for searches by meaning."""
    embedding.system_embed_listings(seconds=10 if settings.SERVERLESS else 240)


@every("40 3 * * *")
@job(queue=Queue.MODELS)
def request_missing_embeddings() -> None:
    """Note the listings that have no vector of the present model."""
    embedding.system_request_missing()


@every(timedelta(hours=1))
@job(once=True)
def count_words() -> None:
    """Count the words of listings anew, by which misspelt searches are corrected."""
    vocabulary.system_count_words()
