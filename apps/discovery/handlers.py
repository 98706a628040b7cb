"""What follows for swipes and recommendations from what happens below."""

from apps.accounts.events import AccountDeleted
from apps.discovery.services import kept_pages, saved_searches, swipes
from apps.properties.events import CHANGES
from ghar.events import Event, on
from ghar.outbox.follow_up import surely


@surely(AccountDeleted)
def forget_person(event: AccountDeleted) -> None:
    """Nobody knows any more what they liked or looked for, and it counts for nothing."""
    swipes.system_forget_person(user_id=event.user_id)
    saved_searches.system_forget_person(user_id=event.user_id)


def forget_pages(event: Event) -> None:
    """What everybody is shown is read anew."""
    kept_pages.system_forget()


for _change in CHANGES:
    on(_change)(forget_pages)
