"""Who knocks at every door."""

from typing import Any

from tests.access.expectations import ANONYMOUS, SUSPENDED
from tests.support.cast import Cast
from tests.support.client import Client


def clients(cast: Cast) -> dict[str, Client]:
    """Everybody of the cast, somebody suspended, and nobody in particular."""
    people: dict[str, Any] = cast.everyone()
    suspended = people.pop("seeker")
    suspended.is_active = False
    suspended.save()
    signed_in = {name: Client().as_(user) for name, user in people.items()}
    return {ANONYMOUS: Client(), SUSPENDED: Client().as_(suspended), **signed_in}
