"""What is compared of listings, and what people did with them."""

from dataclasses import dataclass
from functools import cached_property


@dataclass(frozen=True)
class Place:
    """What matters of a listing; `price` is in rupees."""

    id: int
    title: str
    city: str | None
    locality: str | None
    kind: str
    purpose: str
    bedrooms: int | None
    price: float
    society: str | None = None

    @cached_property
    def where(self) -> tuple[str, str, str]:
        """City, locality and society, as they are compared; "" is like none."""
        return (self.city or "").casefold(), (self.locality or "").casefold(), (self.society or "").casefold()


@dataclass(frozen=True)
class Cause:
    """A listing that the person took to. `did` says what they did, in words that go before its title."""

    place: Place
    did: str = "you liked"
