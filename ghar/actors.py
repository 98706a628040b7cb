"""Who is asking. An `Actor` is made at the edges only and passed down to services and selectors by keyword."""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Protocol


class Role(StrEnum):
    """The roles of the platform. They are not a ladder: an admin is not an agent."""

    USER = "user"
    AGENT = "agent"
    ADMIN = "admin"


class Person(Protocol):
    """What the kernel needs to know of a user row."""

    id: int
    role: str
    is_active: bool


@dataclass(frozen=True, slots=True)
class Actor:
    """A caller: `user` (None for anonymous and for the system), `role`, the door (`via`) and granted `scopes`.

    `client` is the app that an OAuth grant was given to.
    """

    user: Any = None
    role: str | None = None
    via: str = "rest"
    scopes: frozenset[str] = field(default_factory=frozenset)
    client: str = ""

    @property
    def id(self) -> int | None:
        """The user's id, or None."""
        return self.user.id if self.user is not None else None

    @property
    def is_signed_in(self) -> bool:
        """Is there a user behind this call?"""
        return self.user is not None

    @property
    def is_system(self) -> bool:
        """Is it the platform itself: a job, a command, a migration?"""
        return self.via == "system"

    @property
    def is_staff(self) -> bool:
        """Agent or admin."""
        return self.role in (Role.AGENT, Role.ADMIN)

    @property
    def is_admin(self) -> bool:
        """Admin, or the platform itself."""
        return self.role == Role.ADMIN or self.is_system

    @classmethod
    def of(cls, user: Person, *, via: str = "rest", scopes: frozenset[str] = frozenset(), client: str = "") -> "Actor":
        """The actor of a user row."""
        return cls(user=user, role=user.role, via=via, scopes=scopes, client=client)


ANONYMOUS = Actor(via="anonymous")
SYSTEM = Actor(via="system")
