"""From an `Authorization` header to an actor."""

from collections.abc import Callable
from functools import cache

import structlog
from django.conf import settings
from django.utils.module_loading import import_string

from ghar.actors import ANONYMOUS, Actor
from ghar.auth import tokens
from ghar.auth.claims import Claims
from ghar.errors import NotAllowed, NotSignedIn, Unavailable

log = structlog.get_logger(__name__)


class UserInactive(NotAllowed):
    """The account is suspended or deleted."""

    code = "USER_INACTIVE"
    message = "User account is inactive"


@cache
def _resolver() -> Callable[[Claims], Actor]:
    """The function of the accounts area that finds or makes the local user of a token."""
    resolver: Callable[[Claims], Actor] = import_string(settings.ACTOR_RESOLVER)
    return resolver


def actor_from(header: str | None) -> Actor:
    """The active user behind a header.

    Raises NotSignedIn (401), UserInactive (403), or ProviderUnreachable (503) when the token cannot be judged.
    """
    return actor_of(tokens.verifier().verify(tokens.from_header(header)))


def actor_of(claims: Claims) -> Actor:
    """The active user of a verified token. Raises UserInactive."""
    actor = _resolver()(claims)
    if not actor.user.is_active:
        raise UserInactive
    return actor


def optional_actor_from(header: str | None) -> Actor:
    """The user behind a header, and the anonymous actor for whoever cannot show an active one.

    A public page stays readable with an expired token and while the provider is away.
    """
    if not header:
        return ANONYMOUS
    try:
        return actor_from(header)
    except (NotSignedIn, UserInactive, Unavailable) as refused:
        log.debug("optional sign-in fell back to anonymous", code=refused.code)
        return ANONYMOUS
