"""What media do in the background."""

from datetime import timedelta
from uuid import UUID

from apps.media.services import rendering, sweeping
from ghar.jobs import Queue, every, job


@job(queue=Queue.HEAVY)
def render_picture(media_id: str) -> None:
    """Make the renditions of one picture."""
    rendering.system_render(media_id=UUID(media_id))


@every(timedelta(minutes=1))
@job(once=True, queue=Queue.HEAVY)
def render_due_pictures() -> None:
    """Make the renditions that no worker has heard of, and those that failed before."""
    rendering.system_render_due()


@every(timedelta(minutes=15))
@job(once=True)
def sweep_media() -> None:
    """Remove uploads that never came, and what was to be removed and is still there."""
    sweeping.system_sweep_rows()


@every("20 4 * * *")
@job(once=True, seconds=3000)
def sweep_storage() -> None:
    """Remove files that no row has."""
    sweeping.system_sweep_storage()
