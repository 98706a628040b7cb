"""What follows for agents."""

from apps.accounts.events import AccountDeleted
from apps.agents.services import profiles
from ghar.outbox.follow_up import surely


@surely(AccountDeleted)
def retire(event: AccountDeleted) -> None:
    """Who signed in as an agent and is gone works no more."""
    profiles.system_retire_login(user_id=event.user_id)
