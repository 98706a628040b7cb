"""What Ghar asks of the identity provider on a person's behalf."""

from ghar.actors import Actor
from ghar.auth.provider import provider
from ghar.errors import BadRequest


class IdentityRefused(BadRequest):
    """The provider did not accept the login."""

    message = "The identity could not be linked"


def link_identity(*, actor: Actor, provider_name: str, id_token: str) -> None:
    """Add a Google or Apple login to the actor's account.

    Raises IdentityRefused, or ProviderUnreachable (503) when the provider cannot be asked.
    """
    if not provider().link(actor.user.subject, provider=provider_name, id_token=id_token):
        raise IdentityRefused
