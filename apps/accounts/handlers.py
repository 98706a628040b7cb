"""What follows when something happened to a person."""

from apps.accounts.events import RoleChanged
from apps.accounts.services import administration
from ghar.outbox.follow_up import surely


@surely(RoleChanged)
def tell_role(event: RoleChanged) -> None:
    """Clients read the role from tokens too."""
    administration.system_tell_role(user_id=event.user_id)
