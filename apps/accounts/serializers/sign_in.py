"""The shapes of signing in and up on the wire."""

from typing import Any

from rest_framework import serializers

from apps.accounts.models import AuthMethod
from ghar.api.parsing import QueryIn


class AuthStateIn(QueryIn):
    """Which client app asks."""

    app = serializers.CharField(default="flatmates", required=False, max_length=64)


class OnboardingIn(QueryIn):
    """Whose onboarding is done."""

    app = serializers.CharField(max_length=64)


class AuthStateOut(serializers.Serializer[Any]):
    """The stage of sign-up."""

    stage = serializers.CharField()
    next_action = serializers.CharField()
    missing_fields = serializers.ListField(child=serializers.CharField())


class IdentityOut(serializers.Serializer[Any]):
    """A login that leads to the account."""

    provider = serializers.CharField(allow_null=True)
    identity_id = serializers.CharField(allow_null=True)


class IdentitiesOut(serializers.Serializer[Any]):
    """All logins of the account."""

    identities = IdentityOut(many=True)


class IdentifierStatusIn(serializers.Serializer[Any]):
    """A phone number or an email address, as typed."""

    identifier = serializers.CharField(min_length=1, max_length=320)


class IdentifierStatusOut(serializers.Serializer[Any]):
    """How a sign-in form goes on."""

    exists = serializers.BooleanField()
    verified = serializers.BooleanField()
    has_password = serializers.BooleanField()
    channel = serializers.CharField()
    next_step = serializers.CharField()


class LastMethodIn(serializers.Serializer[Any]):
    """How somebody signed in."""

    method = serializers.ChoiceField(choices=AuthMethod.choices)


class LinkIdentityIn(serializers.Serializer[Any]):
    """A login to add."""

    provider = serializers.CharField(min_length=1, max_length=64)
    id_token = serializers.CharField(min_length=1, max_length=8192)


class PasswordChangedIn(serializers.Serializer[Any]):
    """Whose password is another now."""

    user_id = serializers.CharField(min_length=1, max_length=255, help_text="The subject of their tokens.")


class PasswordChangedOut(serializers.Serializer[Any]):
    """Their sessions are over."""

    status = serializers.ChoiceField(choices=["revoked"])
    user_id = serializers.CharField()


class LinkIdentityOut(serializers.Serializer[Any]):
    """Done."""

    linked = serializers.BooleanField()


class AuthConfigOut(serializers.Serializer[Any]):
    """Public client ids of the sign-in buttons."""

    google_web_client_id = serializers.CharField(allow_null=True)
    google_ios_client_id = serializers.CharField(allow_null=True)
    google_android_client_id = serializers.CharField(allow_null=True)
