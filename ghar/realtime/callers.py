"""Who is at a stream or socket: asked once, in a database thread, and held without a connection."""

import time
from dataclasses import dataclass

from ghar.actors import Actor
from ghar.api.access import Access
from ghar.auth import bearer, tokens
from ghar.db.threads import in_database


@dataclass(frozen=True, slots=True)
class Caller:
    """An active user, their token's subject, and the unix second at which the token ends."""

    actor: Actor
    user_id: int
    subject: str
    expires_at: int

    @property
    def seconds_left(self) -> float:
        """How long the token is still good; not above zero when it has ended."""
        return self.expires_at - time.time()


async def identify(token: str, access: Access) -> Caller:
    """The holder of a token.

    Raises NotSignedIn for a bad token, UserInactive, the refusal of `access`, and ProviderUnreachable when the
    token cannot be judged now.
    """
    return await in_database(_caller_of, token, access)


def _caller_of(token: str, access: Access) -> Caller:
    claims = tokens.verifier().verify(token)
    actor = bearer.actor_of(claims)
    access.check(actor)
    return Caller(actor, actor.user.id, claims.subject, claims.expires_at)
