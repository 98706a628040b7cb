"""Reads about clients, questions and grants, and the documents that describe this server."""

from datetime import datetime
from typing import Any

from django.conf import settings

from apps.oauth import rules
from apps.oauth.models import AuthorizationRequest, Client, Grant
from ghar import clock, dossiers
from ghar.actors import Actor
from ghar.db.json_rows import Pick, Shape
from ghar.db.keyset import Key, Order, whole_number
from ghar.db.listing import Listing
from ghar.errors import BadRequest, NotFound

USERS, STAFF = "/mcp", "/mcp-admin"

_SCOPES = "string_to_array(g.scope, ' ')"
_MAY = ", ".join(f"CASE WHEN '{scope}' = ANY({_SCOPES}) THEN '{words}' END" for scope, words in rules.MEANS.items())
_APP = Shape(
    source="oauth_grants g JOIN oauth_clients c ON c.id = g.client_id WHERE g.id = page.id",
    keys={
        "id": "g.id",
        "name": "c.name",
        "host": "CASE WHEN c.document_until IS NOT NULL THEN split_part(c.client_id, '/', 3) END",
        "for_staff": f"right(g.resource, {len(STAFF)}) = '{STAFF}'",
        "scopes": _SCOPES,
        "may": f"array_remove(ARRAY[{_MAY}], NULL)",
        "connected_at": "g.created_at",
        "last_used_at": "g.last_used_at",
    },
)
_LATEST = Order(
    "latest_grants",
    (
        Key("connected_at", "oauth_grants.created_at", datetime.fromisoformat),
        Key("id", "oauth_grants.id", whole_number),
    ),
    descending=True,
)
_LIVING = """
    oauth_grants.ended_at IS NULL AND (
        EXISTS (SELECT FROM oauth_tokens t WHERE t.grant_id = oauth_grants.id AND t.refresh_expires_at > %(now)s)
        OR EXISTS (SELECT FROM oauth_requests q WHERE q.grant_id = oauth_grants.id AND q.redeemed_at IS NULL
                   AND q.expires_at > %(now)s))
"""
"""An app can act under such a grant now, or as soon as it redeems its code."""


class ClientUnknown(BadRequest):
    """There is no such client."""

    code = "invalid_client"
    message = "Unknown client_id"


class QuestionGone(BadRequest):
    """The consent page is unknown, answered already, or too old."""

    message = "This page has run out. Go back to the app and connect again."


class GrantNotFound(NotFound):
    """There is no such grant."""

    code = "GRANT_NOT_FOUND"
    message = "Grant not found"


def base() -> str:
    """The address of this server (the issuer's path below the deployment's)."""
    return f"{settings.PUBLIC_BASE_URL}/mcp/oauth"


def resources() -> tuple[str, str]:
    """What tokens can be bound to: the server for users and the one for staff."""
    return f"{settings.PUBLIC_BASE_URL}{USERS}", f"{settings.PUBLIC_BASE_URL}{STAFF}"


def get_client(client_id: str) -> Client:
    """A registered client. Raises ClientUnknown."""
    client = Client.objects.filter(client_id=client_id).first()
    if client is None:
        raise ClientUnknown
    return client


def get_question(session: str) -> AuthorizationRequest:
    """The open question of a consent page. Raises QuestionGone."""
    open_ones = AuthorizationRequest.objects.select_related("client").filter(
        session_digest=rules.digest(session), code_digest=None, expires_at__gt=clock.now()
    )
    question = open_ones.first()
    if question is None:
        raise QuestionGone
    return question


def list_connected_apps(actor: Actor) -> Listing:
    """The apps that can act for the actor, the latest first: what each may do and when it last did."""
    pick = Pick("oauth_grants").where("oauth_grants.user_id = %(person)s", person=actor.id)
    return Listing(pick.where(_LIVING, now=clock.now()), _APP, _LATEST)


@dossiers.section("connected_apps")
def list_grants_of(user: Any, most: int) -> dossiers.Rows:
    """Which apps a person let act for them, also those that no longer do."""
    grants = Grant.objects.filter(user=user).order_by("-created_at", "-pk")
    names = ("client__name", "resource", "scope", "created_at", "last_used_at", "ended_at", "ending")
    return list(grants.values(*names)[:most])


def authorization_server() -> dict[str, Any]:
    """RFC 8414."""
    issuer, site = base(), settings.PUBLIC_BASE_URL
    return {
        "issuer": issuer,
        "authorization_endpoint": f"{issuer}/authorize",
        "token_endpoint": f"{issuer}/token",
        "revocation_endpoint": f"{issuer}/revoke",
        "registration_endpoint": f"{issuer}/register",
        "response_types_supported": ["code"],
        "response_modes_supported": ["query"],
        "grant_types_supported": ["authorization_code", "refresh_token"],
        "scopes_supported": list(rules.SCOPES),
        "token_endpoint_auth_methods_supported": ["none"],
        "revocation_endpoint_auth_methods_supported": ["none"],
        "code_challenge_methods_supported": ["S256"],
        "authorization_response_iss_parameter_supported": True,
        "client_id_metadata_document_supported": True,
        "service_documentation": f"{site}/api/v1/docs",
        "ui_locales_supported": ["en"],
        "op_policy_uri": f"{site}/privacy",
        "op_tos_uri": f"{site}/terms",
    }


def protected_resource(path: str) -> dict[str, Any]:
    """RFC 9728, for the server at that path."""
    return {
        "resource": f"{settings.PUBLIC_BASE_URL}{path}",
        "authorization_servers": [base()],
        "scopes_supported": list(rules.SCOPES),
        "bearer_methods_supported": ["header"],
        "resource_documentation": f"{settings.PUBLIC_BASE_URL}/api/v1/docs",
    }
