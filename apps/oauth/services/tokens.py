"""Tokens: opaque, kept as hashes, bound to one resource; a refresh token works once."""

import secrets
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import structlog
from django.contrib.auth import get_user_model
from django.db import transaction

from apps.oauth import rules, selectors
from apps.oauth.models import AuthorizationRequest, Client, Ending, Grant, TokenPair
from apps.oauth.services import grants
from apps.oauth.services.consent import ScopeRefused, TargetRefused
from ghar import clock
from ghar.actors import Actor
from ghar.auth.tokens import TokenInvalid
from ghar.db import instances
from ghar.errors import BadRequest

log = structlog.get_logger(__name__)

ACCESS_LIFE = timedelta(hours=1)
REFRESH_LIFE = timedelta(days=30)


class GrantRefused(BadRequest):
    """The code or refresh token is unknown, used, too old, or somebody else's; nobody is told which."""

    code = "invalid_grant"
    message = "The code or refresh token is not valid"


class TokenTypeUnsupported(BadRequest):
    """Only access and refresh tokens can be revoked."""

    code = "unsupported_token_type"
    message = "token_type_hint must be access_token or refresh_token"


@dataclass(frozen=True)
class Issued:
    """What a client gets."""

    access_token: str
    refresh_token: str
    scope: str
    resource: str
    expires_in: int = int(ACCESS_LIFE.total_seconds())
    token_type: str = "Bearer"  # noqa: S105 - the scheme


def redeem_code(
    *, actor: Actor, code: str, client_id: str, redirect_uri: str, verifier: str, resources: list[str]
) -> Issued:
    """The first tokens of a grant. A failed attempt burns the code; a second use of one ends its grant.

    Raises GrantRefused or TargetRefused.
    """
    issued = _redeem(code, client_id, redirect_uri, verifier, resources)
    if issued is None:
        raise GrantRefused
    return issued


@transaction.atomic
def _redeem(code: str, client_id: str, redirect_uri: str, verifier: str, resources: list[str]) -> Issued | None:
    """None means refused; raised outside, so that the code stays burnt."""
    rows = AuthorizationRequest.objects.select_for_update(of=["self"]).select_related("client", "grant__user")
    question = rows.filter(code_digest=rules.digest(code)).first()
    if question is None or question.grant is None or question.client.client_id != client_id:
        return None
    if question.redeemed_at is not None:
        grants.system_end(question.grant, Ending.CODE_REUSED)
        return None
    question.redeemed_at = clock.now()
    question.save(update_fields=["redeemed_at"])
    holds = (
        question.expires_at > question.redeemed_at
        and _still_holds(question.grant)
        and question.redirect_uri == redirect_uri
        and rules.answers(question.challenge, verifier)
        and _is_for(question.grant, resources)
    )
    return _issue(question.grant, question.grant.scope) if holds else None


def refresh(*, actor: Actor, refresh_token: str, client_id: str, scope: str | None, resources: list[str]) -> Issued:
    """New tokens for a refresh token, which is used up. One that comes back ends the whole grant.

    Raises GrantRefused, ScopeRefused or TargetRefused.
    """
    issued = _rotate(refresh_token, client_id, scope, resources)
    if issued is None:
        raise GrantRefused
    return issued


@transaction.atomic
def _rotate(refresh_token: str, client_id: str, scope: str | None, resources: list[str]) -> Issued | None:
    """None means refused; raised outside, so that the ending of a grant is kept."""
    found = TokenPair.objects.filter(refresh_digest=rules.digest(refresh_token)).values("pk", "grant_id").first()
    if found is None:
        return None
    grant = Grant.objects.select_for_update(of=["self"]).select_related("client", "user").get(pk=found["grant_id"])
    pair = TokenPair.objects.get(pk=found["pk"])
    if grant.client.client_id != client_id or not _still_holds(grant):
        return None
    if pair.used_at is not None:
        log.warning("a used refresh token came back; its grant is over", grant=grant.pk)
        grants.system_end(grant, Ending.TOKEN_REUSED)
        return None
    if pair.refresh_expires_at <= clock.now():
        return None
    if not _is_for(grant, resources):
        raise TargetRefused
    narrowed = rules.narrowed(grant.scope, scope)
    if narrowed is None:
        raise ScopeRefused
    pair.used_at = pair.access_expires_at = clock.now()
    pair.save(update_fields=["used_at", "access_expires_at"])
    return _issue(grant, narrowed)


def _still_holds(grant: Grant) -> bool:
    """Is the person still one who could agree to it? Tokens of the server for staff are for staff."""
    allowed = grant.resource != selectors.resources()[1] or Actor.of(grant.user).is_staff
    return grant.ended_at is None and grant.user.is_active and allowed


def _is_for(grant: Grant, resources: list[str]) -> bool:
    return {one.rstrip("/") for one in resources} <= {grant.resource}


def _issue(grant: Grant, scope: str) -> Issued:
    now = clock.now()
    issued = Issued(secrets.token_urlsafe(32), secrets.token_urlsafe(32), scope, grant.resource)
    TokenPair.objects.create(
        grant=grant,
        access_digest=rules.digest(issued.access_token),
        refresh_digest=rules.digest(issued.refresh_token),
        scope=scope,
        access_expires_at=now + ACCESS_LIFE,
        refresh_expires_at=now + REFRESH_LIFE,
    )
    return issued


@transaction.atomic
def revoke(*, actor: Actor, token: str, hint: str | None, client_id: str | None) -> None:
    """End the grant of either half of a pair (RFC 7009). An unknown token is no error.

    A client that names itself ends only its own. Raises TokenTypeUnsupported.
    """
    if hint not in (None, "", "access_token", "refresh_token"):
        raise TokenTypeUnsupported
    hashed = rules.digest(token)
    pairs = TokenPair.objects.select_related("grant__client")
    pair = pairs.filter(access_digest=hashed).first() or pairs.filter(refresh_digest=hashed).first()
    if pair is not None and client_id in (None, "", pair.grant.client.client_id):
        grants.system_end(pair.grant, Ending.REVOKED)


_BEARER = """
JOIN oauth_grants g ON g.user_id = users.id
JOIN oauth_clients c ON c.id = g.client_id
JOIN oauth_tokens t ON t.grant_id = g.id
WHERE t.access_digest = %(digest)s AND t.access_expires_at > %(now)s AND g.resource = %(resource)s
    AND g.ended_at IS NULL AND users.is_active
"""
"""Every call over MCP begins with this read."""
_GRANTED = {
    "grant_id": "g.id", "grant_used_at": "g.last_used_at", "token_scope": "t.scope", "app": "c.client_id",
}  # fmt: skip


def system_actor_for(token: str, resource: str) -> Actor:
    """Whom an access token lets its bearer act for at that resource, as they are at this moment.

    Raises TokenInvalid for any other token, and for a person who is no longer active.
    """
    asked = {"digest": rules.digest(token), "now": clock.now(), "resource": resource}
    user: Any = instances.first(get_user_model(), _BEARER, asked, more=_GRANTED)
    if user is None:
        raise TokenInvalid
    grants.system_note_use(Grant(pk=user.grant_id, last_used_at=user.grant_used_at))
    return Actor.of(user, via="mcp", scopes=frozenset(user.token_scope.split()), client=user.app)


def system_purge() -> dict[str, int]:
    """Forget questions and tokens that have run out, grants that nothing hangs on any more, and
    apps that are described elsewhere and forgotten here."""
    now = clock.now()
    questions, _ = AuthorizationRequest.objects.filter(expires_at__lt=now - REFRESH_LIFE).delete()
    pairs, _ = TokenPair.objects.filter(refresh_expires_at__lt=now).delete()
    grants, _ = Grant.objects.filter(tokens=None, created_at__lt=now - REFRESH_LIFE).delete()
    described = Client.objects.filter(document_until__lt=now - REFRESH_LIFE, grants=None, requests=None)
    clients, _ = described.delete()
    return {"questions": questions, "tokens": pairs, "grants": grants, "clients": clients}
