"""What happens to people."""

from dataclasses import dataclass

from ghar.events import Event


@dataclass(frozen=True)
class AccountDeleted(Event):
    """Somebody is gone for good. It may be told more than once: until their login is removed as well."""

    user_id: int
