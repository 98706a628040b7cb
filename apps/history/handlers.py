"""What follows for the history from what happens elsewhere."""

from apps.accounts.events import AccountDeleted
from apps.history import services
from ghar.outbox.follow_up import surely


@surely(AccountDeleted)
def forget_person(event: AccountDeleted) -> None:
    """What was noted of their row goes with it."""
    services.system_forget_person(user_id=event.user_id)
