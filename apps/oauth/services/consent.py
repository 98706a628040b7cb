"""From an app's question to a code: asked, answered by a person, redeemed once."""

import secrets
from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction

from apps.oauth import rules, selectors
from apps.oauth.models import AuthorizationRequest, Client, Grant
from apps.oauth.services import clients, documents
from ghar import clock
from ghar.actors import Actor
from ghar.errors import BadRequest, NotAllowed

QUESTION_LIFE = timedelta(minutes=30)
CODE_LIFE = timedelta(minutes=10)


class RequestRefused(BadRequest):
    """The question is not one that this server can put to a person."""

    code = "invalid_request"


class ResponseTypeUnsupported(BadRequest):
    """Only codes are given."""

    code = "unsupported_response_type"
    message = "response_type must be code"


class ScopeRefused(BadRequest):
    """An unknown scope, or more than was granted."""

    code = "invalid_scope"
    message = f"scope must be of {' '.join(rules.SCOPES)}, and within what was granted"


class TargetRefused(BadRequest):
    """Tokens are for exactly one of this deployment's servers (RFC 8707)."""

    code = "invalid_target"
    message = "resource must be one of this server's"


class StaffOnly(NotAllowed):
    """The server for staff is for agents and admins."""

    code = "access_denied"
    message = "Only agents and admins can connect an app to this server."


@dataclass(frozen=True)
class Question:
    """What an app's authorization request says."""

    response_type: str
    client_id: str
    redirect_uri: str | None
    scope: str | None
    state: str | None
    code_challenge: str | None
    code_challenge_method: str | None
    resources: list[str]


def ask(*, actor: Actor, question: Question) -> str:
    """Keep a question and answer the secret of its consent page. Raises one of the refusals above,
    ClientUnknown, or DocumentRefused."""
    if question.response_type != "code":
        raise ResponseTypeUnsupported
    client = _client(question.client_id)
    uri = question.redirect_uri or ""
    if not rules.allows(client.redirect_uris, uri, client_id=client.client_id):
        raise RequestRefused("redirect_uri is not one of the client's")
    challenge = question.code_challenge or ""
    if question.code_challenge_method != "S256" or not rules.is_challenge(challenge):
        raise RequestRefused("code_challenge with code_challenge_method S256 is required")
    scope = rules.scope_of(question.scope)
    if scope is None:
        raise ScopeRefused
    session = secrets.token_urlsafe(32)
    AuthorizationRequest.objects.create(
        session_digest=rules.digest(session),
        client=client,
        redirect_uri=uri,
        resource=_resource(question.resources),
        scope=scope,
        state=question.state,
        challenge=challenge,
        expires_at=clock.now() + QUESTION_LIFE,
    )
    return session


def _client(client_id: str) -> Client:
    """The platform's own, one that is described at an address, or one that registered."""
    if client_id == rules.FIRST_PARTY:
        return clients.system_first_party()
    return documents.system_client_at(client_id) if rules.is_document(client_id) else selectors.get_client(client_id)


def _resource(asked: list[str]) -> str:
    """The one resource that was named, or the server for users when none was."""
    known = selectors.resources()
    if not asked:
        return known[0]
    named = {one.rstrip("/") for one in asked}
    if len(named) != 1 or not named <= set(known):
        raise TargetRefused
    return named.pop()


@transaction.atomic
def approve(*, actor: Actor, session: str) -> str:
    """The actor says yes: where to send the browser, with a code. Raises QuestionGone or StaffOnly."""
    question = _locked(session)
    if question.resource == selectors.resources()[1] and not actor.is_staff:
        raise StaffOnly
    code = secrets.token_urlsafe(32)
    question.grant = Grant.objects.create(
        user=actor.user, client=question.client, resource=question.resource, scope=question.scope
    )
    question.code_digest = rules.digest(code)
    question.expires_at = clock.now() + CODE_LIFE
    question.save(update_fields=["grant", "code_digest", "expires_at"])
    return _back(question, code=code)


@transaction.atomic
def deny(*, actor: Actor, session: str) -> str:
    """Somebody says no: where to send the browser. Raises QuestionGone."""
    question = _locked(session)
    question.delete()
    return _back(question, error="access_denied", error_description="The person did not agree")


def _locked(session: str) -> AuthorizationRequest:
    """The open question, its row locked: of two answers at once the second finds it gone."""
    question = selectors.get_question(session)
    locked = AuthorizationRequest.objects.select_for_update(of=["self"]).select_related("client")
    still = locked.filter(pk=question.pk, code_digest=None).first()
    if still is None:
        raise selectors.QuestionGone
    return still


def _back(question: AuthorizationRequest, **answer: str) -> str:
    """The client's address with the answer, the client's state, and who answers (RFC 9207)."""
    issuer = None if question.redirect_uri in rules.WITHOUT_ISSUER else selectors.base()
    return rules.with_parameters(question.redirect_uri, **answer, state=question.state, iss=issuer)
