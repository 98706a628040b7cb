"""Reads about clients and pending questions, and the documents that describe this server."""

from typing import Any

from django.conf import settings

from apps.oauth import rules
from apps.oauth.models import AuthorizationRequest, Client
from ghar import clock
from ghar.errors import BadRequest, NotFound

USERS, STAFF = "/mcp", "/mcp-admin"


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
        "client_id_metadata_document_supported": False,
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
