"""Shapes of the authorization server, and its failures as RFC 6749 section 5.2 writes them."""

from typing import Any

from django.http import HttpRequest
from rest_framework import serializers

from apps.oauth import rules
from ghar.api.parsing import QueryIn
from ghar.errors import DomainError, InternalError, Invalid

_PLAIN = {401: "invalid_client", 403: "access_denied", 429: "temporarily_unavailable", 503: "temporarily_unavailable"}


class FailureOut(serializers.Serializer[Any]):
    """RFC 6749 section 5.2."""

    error = serializers.CharField()
    error_description = serializers.CharField()
    detail = serializers.CharField()


def rendered_failure(error: DomainError, request: HttpRequest) -> tuple[int, dict[str, Any], dict[str, str]]:
    """Status, body and headers of a failure below `/mcp/oauth/`."""
    status = 400 if isinstance(error, Invalid) else error.status
    code = error.code if error.code.islower() else _PLAIN.get(status, "invalid_request")
    if isinstance(error, InternalError):
        code = "server_error"
    body = {"error": code, "error_description": _described(error), "detail": _described(error)}
    return status, body, {**error.headers, "Cache-Control": "no-store"}


def _described(error: DomainError) -> str:
    fields = getattr(error, "fields", None) or []
    named = [f"{'.'.join(map(str, field['loc'][1:]))}: {field['msg']}" for field in fields]
    return "; ".join(named) or error.message


def _text(most: int = 2000, **options: Any) -> serializers.CharField:
    return serializers.CharField(required=False, allow_null=True, max_length=most, **options)


class AuthorizeIn(QueryIn):
    """An authorization request. `resource` is read apart, because it may be repeated."""

    response_type = serializers.CharField(max_length=100)
    client_id = serializers.CharField(max_length=2000)
    redirect_uri = _text(rules.LONGEST_URI)
    scope = _text(500)
    state = _text()
    code_challenge = _text(128)
    code_challenge_method = _text(20)
    resource = _text()


class ConsentIn(QueryIn):
    """Which question is asked."""

    session = serializers.CharField(max_length=500, default="", allow_blank=True)


class AnswerIn(serializers.Serializer[Any]):
    """The consent page's form. `phone` may be an email address as well."""

    session = serializers.CharField(max_length=500, default="", allow_blank=True)
    way = serializers.CharField(max_length=20, default="password", allow_blank=True)
    phone = serializers.CharField(max_length=254, default="", allow_blank=True)
    password = serializers.CharField(max_length=1000, default="", allow_blank=True, trim_whitespace=False)
    code = serializers.CharField(max_length=20, default="", allow_blank=True)


class TokenIn(serializers.Serializer[Any]):
    """A token request of either grant."""

    grant_type = serializers.CharField(max_length=100)
    code = _text(allow_blank=True)
    redirect_uri = _text(allow_blank=True)
    client_id = _text(allow_blank=True)
    refresh_token = _text(allow_blank=True)
    code_verifier = _text(200, allow_blank=True)
    scope = _text(500, allow_blank=True)
    resource = _text(allow_blank=True)


class TokenOut(serializers.Serializer[Any]):
    """Tokens."""

    access_token = serializers.CharField()
    token_type = serializers.CharField()
    expires_in = serializers.IntegerField()
    refresh_token = serializers.CharField()
    scope = serializers.CharField()
    resource = serializers.CharField()


class RevokeIn(serializers.Serializer[Any]):
    """A token that its client no longer wants."""

    token = serializers.CharField(max_length=2000)
    token_type_hint = _text(50, allow_blank=True)
    client_id = _text(allow_blank=True)


class CallbackIn(QueryIn):
    """Where a client without a page of its own may land."""

    code = serializers.CharField(max_length=2000)
    state = _text()
    iss = _text()


class ConnectedAppOut(serializers.Serializer[Any]):
    """What a person granted to an app. `may` says in words what `scopes` mean. A name is whatever an app calls itself;
    `host` is where an app is from that can be looked up there."""

    id = serializers.IntegerField()
    name = serializers.CharField()
    host = serializers.CharField(allow_null=True)
    for_staff = serializers.BooleanField()
    scopes = serializers.ListField(child=serializers.ChoiceField(rules.SCOPES))
    may = serializers.ListField(child=serializers.CharField())
    connected_at = serializers.DateTimeField()
    last_used_at = serializers.DateTimeField(allow_null=True)


class ConnectedAppsIn(serializers.Serializer[Any]):
    """The form of the page of connected apps: a proof of who the person is, or a grant to end."""

    way = serializers.CharField(max_length=20, default="password", allow_blank=True)
    phone = serializers.CharField(max_length=254, default="", allow_blank=True)
    password = serializers.CharField(max_length=1000, default="", allow_blank=True, trim_whitespace=False)
    code = serializers.CharField(max_length=20, default="", allow_blank=True)
    proof = serializers.CharField(max_length=500, default="", allow_blank=True)
    grant = serializers.IntegerField(required=False, allow_null=True, default=None, min_value=1, max_value=2**63 - 1)


def _words() -> serializers.ListField:
    return serializers.ListField(
        child=serializers.CharField(max_length=200), required=False, allow_null=True, max_length=20
    )


class RegisterIn(serializers.Serializer[Any]):
    """A client describes itself."""

    client_name = serializers.CharField(max_length=200)
    redirect_uris = serializers.ListField(child=serializers.CharField(max_length=rules.LONGEST_URI))
    client_uri = _text()
    logo_uri = _text()
    contacts = _words()
    grant_types = _words()
    response_types = _words()
    token_endpoint_auth_method = _text(50)
    scope = _text(500)


class RegisterOut(serializers.Serializer[Any]):
    """The client as registered: it is public, whatever it asked for. What it did not say is left out (RFC 7591)."""

    client_id = serializers.CharField()
    client_id_issued_at = serializers.SerializerMethodField()
    client_name = serializers.CharField(source="name")
    redirect_uris = serializers.ListField(child=serializers.CharField())
    client_uri = serializers.CharField(required=False)
    logo_uri = serializers.CharField(required=False)
    contacts = serializers.ListField(child=serializers.CharField())
    grant_types = serializers.ListField(child=serializers.CharField(), default=["authorization_code", "refresh_token"])
    response_types = serializers.ListField(child=serializers.CharField(), default=["code"])
    token_endpoint_auth_method = serializers.CharField(default="none")
    scope = serializers.CharField(default=" ".join(rules.SCOPES))

    def to_representation(self, instance: Any) -> dict[str, Any]:
        """Clients check this answer, and null is no address."""
        return {name: value for name, value in super().to_representation(instance).items() if value is not None}

    def get_client_id_issued_at(self, client: Any) -> int:
        """Seconds since 1970."""
        return int(client.created_at.timestamp())
