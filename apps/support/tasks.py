"""What support does by the clock."""

from datetime import timedelta

from apps.support.services import pages
from ghar.jobs import every, job


@every(timedelta(minutes=1))
@job(once=True)
def store_page_views() -> None:
    """Add the readings of pages to their counts."""
    pages.system_store_views()
