"""What happens to people."""

from dataclasses import dataclass

from ghar.events import Event


@dataclass(frozen=True)
class RoleChanged(Event):
    """Somebody is a user, an agent or an admin now who was not before, or has a login now that does not know it."""

    user_id: int


@dataclass(frozen=True)
class AccountDeleted(Event):
    """Somebody is gone for good. It may be told more than once: until their login is removed as well."""

    user_id: int
