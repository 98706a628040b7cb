"""Who knocks at every door."""

from typing import Any

from tests.access.expectations import ANONYMOUS, SUSPENDED
from tests.support.cast import Cast
from tests.support.client import Client

KINDS = ("owner", "agent", "admin")
"""One of each kind that an entrance tells apart. The others of the cast have the same roles, and what somebody owns is
asked behind the entrance, where each area tests it."""


def clients(cast: Cast) -> dict[str, Client]:
    """One of each kind, somebody suspended, and nobody in particular."""
    people: dict[str, Any] = cast.everyone()
    suspended = people.pop("seeker")
    suspended.is_active = False
    suspended.save()
    signed_in = {name: Client().as_(user) for name, user in people.items() if name in KINDS}
    return {ANONYMOUS: Client(), SUSPENDED: Client().as_(suspended), **signed_in}
