"""Who may use an operation, declared beside it. The view refuses accordingly, and the access test walks them all."""

from collections.abc import Callable
from enum import Enum

from ghar.actors import ANONYMOUS, Actor, Role
from ghar.auth import bearer
from ghar.errors import NotAllowed


class AgentRequired(NotAllowed):
    """Only an agent may do this."""

    code = "AGENT_REQUIRED"
    message = "Agent access required"


class AdminRequired(NotAllowed):
    """Only an admin may do this."""

    code = "ADMIN_REQUIRED"
    message = "Admin access required"


class StaffRequired(NotAllowed):
    """Only an agent or an admin may do this."""

    code = "INSUFFICIENT_PERMISSIONS"
    message = "Agent or admin access required"


class Access(Enum):
    """The declarations there are. Finer rules (own rows, assigned users) are the selectors' and permissions'."""

    PUBLIC = "public"  # a token is not even looked at
    OPTIONAL = "optional"  # public, and more for those who are signed in
    SIGNED_IN = "signed in"
    AGENT = "agent"
    ADMIN = "admin"
    STAFF = "agent or admin"
    KEYED = "keyed"  # the operation checks a key or signature of its own, before it reads anything

    def admits(self, actor: Actor) -> bool:
        """May this actor use an operation declared so?"""
        return self not in _REFUSALS or _REFUSALS[self][0](actor)

    def check(self, actor: Actor) -> None:
        """Raise the refusal that fits, unless this actor may use an operation declared so."""
        if not self.admits(actor):
            raise _REFUSALS[self][1]


_REFUSALS: dict[Access, tuple[Callable[[Actor], bool], type[NotAllowed]]] = {
    Access.AGENT: (lambda actor: actor.role == Role.AGENT, AgentRequired),
    Access.ADMIN: (lambda actor: actor.role == Role.ADMIN, AdminRequired),
    Access.STAFF: (lambda actor: actor.is_staff, StaffRequired),
}


def admit(access: Access, authorization: str | None) -> Actor:
    """The actor of a request to an operation declared so. Raises the refusal that fits."""
    if access in (Access.PUBLIC, Access.KEYED):
        return ANONYMOUS
    if access is Access.OPTIONAL:
        return bearer.optional_actor_from(authorization)
    actor = bearer.actor_from(authorization)
    access.check(actor)
    return actor
