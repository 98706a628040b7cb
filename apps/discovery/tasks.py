"""What discovery does by the clock."""

from datetime import timedelta

from apps.discovery.services import matching
from ghar.jobs import every, job


@every(timedelta(minutes=5))
@job(once=True, seconds=240)
def tell_of_matches() -> None:
    """Tell people of new listings that fit their saved searches."""
    matching.system_tell_of_matches()
