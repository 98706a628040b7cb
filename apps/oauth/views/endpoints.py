"""The authorization server's operations and the documents that describe it."""

from typing import Any

from django.http import QueryDict
from rest_framework.parsers import FormParser
from rest_framework.request import Request
from rest_framework.response import Response

from apps.oauth import selectors, serializers
from apps.oauth.services import clients, consent, tokens
from ghar.api.access import Access
from ghar.api.rendering import shown
from ghar.api.views import View, operation
from ghar.errors import BadRequest
from ghar.limits import Limit

Values = dict[str, Any]
OPEN: Any = {"access": Access.PUBLIC, "tags": ["oauth"]}
_SECRET = {"Cache-Control": "no-store", "Pragma": "no-cache"}


class GrantTypeUnsupported(BadRequest):
    """Neither a code nor a refresh token."""

    code = "unsupported_grant_type"
    message = "grant_type must be authorization_code or refresh_token"


class FieldMissing(BadRequest):
    """A parameter that this grant needs."""

    code = "invalid_request"


class FieldRepeated(BadRequest):
    """A parameter that came twice, so that two readers could take two values for it (RFC 6749, section 3.1)."""

    code = "invalid_request"


class ProtocolView(View):
    """An operation of the OAuth protocol, which has its own form of refusals."""

    failure = serializers.FailureOut


class Authorize(ProtocolView):
    @operation("authorize_client", **OPEN, limit=Limit(60, 60), query=serializers.AuthorizeIn, answer=None, status=307)
    def get(self, request: Request, query: Values) -> Response:
        """Send the browser to the consent page."""
        query.pop("resource")
        question = consent.Question(**query, resources=_resources(request._request.GET))
        session = consent.ask(actor=self.actor, question=question)
        place = f"{selectors.base()}/consent?session={session}"
        return Response(None, status=307, headers={"Location": place, "Cache-Control": "no-store"})


class Token(ProtocolView):
    @operation(
        "issue_token",
        **OPEN,
        limit=Limit(120, 60),
        body=serializers.TokenIn,
        reads=FormParser,
        answer=serializers.TokenOut,
    )
    def post(self, request: Request, body: Values) -> Response:
        """Exchange a code or a refresh token."""
        issued = _exchange(self.actor, body, _resources(request.data))
        return Response(serializers.TokenOut(issued).data, headers=_SECRET)


def _resources(given: Any) -> list[str]:
    """The values of `resource`, which alone may come more than once (RFC 8707). Raises FieldRepeated."""
    if not isinstance(given, QueryDict):
        return []
    twice = [name for name, values in given.lists() if len(values) > 1 and name != "resource"]
    if twice:
        raise FieldRepeated(f"{twice[0]} came more than once")
    return [one for one in given.getlist("resource") if one]


def _exchange(actor: Any, body: Values, resources: list[str]) -> tokens.Issued:
    if body["grant_type"] == "authorization_code":
        return tokens.redeem_code(
            actor=actor,
            code=_needed(body, "code"),
            client_id=_needed(body, "client_id"),
            redirect_uri=_needed(body, "redirect_uri"),
            verifier=_needed(body, "code_verifier"),
            resources=resources,
        )
    if body["grant_type"] == "refresh_token":
        return tokens.refresh(
            actor=actor,
            refresh_token=_needed(body, "refresh_token"),
            client_id=_needed(body, "client_id"),
            scope=body.get("scope"),
            resources=resources,
        )
    raise GrantTypeUnsupported


def _needed(body: Values, name: str) -> str:
    if not body.get(name):
        raise FieldMissing(f"{name} is required")
    return str(body[name])


class Revoke(ProtocolView):
    @operation("revoke_token", **OPEN, limit=Limit(60, 60), body=serializers.RevokeIn, reads=FormParser, answer=None)
    def post(self, request: Request, body: Values) -> Values:
        """End what a token was granted for."""
        tokens.revoke(
            actor=self.actor, token=body["token"], hint=body.get("token_type_hint"), client_id=body.get("client_id")
        )
        return {}


class Register(ProtocolView):
    @operation(
        "register_client",
        **OPEN,
        limit=Limit(20, 3600),
        body=serializers.RegisterIn,
        answer=serializers.RegisterOut,
        status=201,
    )
    def post(self, request: Request, body: Values) -> Values:
        """Register an app."""
        return shown(serializers.RegisterOut, clients.register_client(actor=self.actor, metadata=body))


class Callback(ProtocolView):
    @operation("show_callback", **OPEN, query=serializers.CallbackIn, answer=None)
    def get(self, request: Request, query: Values) -> Values:
        """A landing place for clients that have none; the code is not exchanged here."""
        return {"status": "success", "message": "Go back to the app with this code.", "code_received": True}


class AuthorizationServer(View):
    @operation("describe_authorization_server", **OPEN, answer=None)
    def get(self, request: Request) -> Values:
        """RFC 8414."""
        return selectors.authorization_server()


class UsersResource(View):
    @operation("describe_mcp_resource", **OPEN, answer=None)
    def get(self, request: Request) -> Values:
        """RFC 9728, for users."""
        return selectors.protected_resource(selectors.USERS)


class StaffResource(View):
    @operation("describe_mcp_admin_resource", **OPEN, answer=None)
    def get(self, request: Request) -> Values:
        """RFC 9728, for staff."""
        return selectors.protected_resource(selectors.STAFF)
