"""What follows when a file is there, and when its person is gone."""

from apps.accounts.events import AccountDeleted
from apps.media import tasks
from apps.media.events import MediaUploaded
from apps.media.services import library
from ghar import jobs
from ghar.events import on
from ghar.outbox.follow_up import surely


@on(MediaUploaded)
def render(event: MediaUploaded) -> None:
    """A worker makes the renditions at once; one that is missed is found by the clock."""
    if event.mime_type.startswith("image/"):
        jobs.enqueue(tasks.render_picture, event.media_id)


@surely(AccountDeleted)
def forget_person(event: AccountDeleted) -> None:
    """Their picture and what they kept for themselves goes with them."""
    library.system_forget_person(user_id=event.user_id)
