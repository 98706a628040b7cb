"""What listings do by the clock."""

from datetime import timedelta

from apps.properties.services import counting, stale
from ghar.jobs import every, job


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
