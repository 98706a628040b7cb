"""Who is at the identity service's door: mostly somebody it does not know yet."""

from dataclasses import dataclass, field

from apps.identity.selectors import Holder


@dataclass(frozen=True, slots=True)
class Visitor:
    """The actor of this area's services: where a call comes from, and whom a checked bearer token names."""

    address: str | None = None
    user_agent: str = ""
    holder: Holder | None = field(default=None)


PLATFORM = Visitor(user_agent="ghar")
