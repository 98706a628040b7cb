"""Apps that people have connected, and what they were granted. Every secret is stored as a hash."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from ghar.models import choices_check


class Ending(models.TextChoices):
    """Why a grant is over."""

    REVOKED = "revoked", "Revoked"
    CODE_REUSED = "code_reused", "Its code came twice"
    TOKEN_REUSED = "token_reused", "A used refresh token came back"


def _secret(**options: Any) -> "models.CharField[Any, Any]":
    """The SHA-256 of a random secret, hex."""
    return models.CharField(max_length=64, unique=True, **options)


class Client(models.Model):
    """An app that asks people for access. It is public: it has no secret, so a code must come with PKCE.

    It registered itself, or its id is the https address of a document that describes it (`document_until`).
    """

    client_id = models.CharField(max_length=500, unique=True)
    name = models.CharField(max_length=200)
    redirect_uris = models.JSONField(default=list)
    client_uri = models.CharField(max_length=2000, null=True, blank=True)
    logo_uri = models.CharField(max_length=2000, null=True, blank=True)
    contacts = models.JSONField(default=list, blank=True)
    document_until = models.DateTimeField(null=True, blank=True, help_text="What its document said counts until then")
    created_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        db_table = "oauth_clients"
        constraints = [
            models.CheckConstraint(
                condition=Q(document_until=None) ^ Q(client_id__startswith="https://"), name="oauth_clients_documented"
            )
        ]
        indexes = [models.Index(fields=["created_at"], name="oauth_clients_oldest")]

    def __str__(self) -> str:
        return self.name


class Grant(models.Model):
    """A person lets an app act for them at one resource, within scopes."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="oauth_grants")
    client = models.ForeignKey("oauth.Client", on_delete=models.CASCADE, related_name="grants")
    resource = models.CharField(max_length=500)
    scope = models.CharField(max_length=200)
    created_at = models.DateTimeField(db_default=Now(), editable=False)
    last_used_at = models.DateTimeField(null=True, blank=True, help_text="To within five minutes; none: never yet")
    ended_at = models.DateTimeField(null=True, blank=True)
    ending = models.CharField(max_length=16, choices=Ending, null=True, blank=True)

    class Meta:
        db_table = "oauth_grants"
        constraints = [
            choices_check("ending", Ending, name="oauth_grants_ending_known"),
            models.CheckConstraint(
                condition=Q(ended_at=None, ending=None) | Q(ended_at__isnull=False, ending__isnull=False),
                name="oauth_grants_end_with_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.client} for {self.user_id}"


class AuthorizationRequest(models.Model):
    """An app's question to a person, from the browser's arrival until its code is redeemed."""

    session_digest = _secret()
    code_digest = _secret(null=True, blank=True)
    client = models.ForeignKey("oauth.Client", on_delete=models.CASCADE, related_name="requests")
    grant = models.OneToOneField("oauth.Grant", on_delete=models.CASCADE, null=True, blank=True, related_name="request")
    redirect_uri = models.CharField(max_length=2000)
    resource = models.CharField(max_length=500)
    scope = models.CharField(max_length=200)
    state = models.CharField(max_length=2000, null=True, blank=True)
    challenge = models.CharField(max_length=43)
    expires_at = models.DateTimeField(help_text="Of the question; once it is answered, of the code")
    redeemed_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        db_table = "oauth_requests"
        constraints = [
            models.CheckConstraint(
                condition=Q(code_digest=None, grant=None) | Q(code_digest__isnull=False, grant__isnull=False),
                name="oauth_requests_code_has_grant",
            )
        ]
        indexes = [models.Index(fields=["expires_at"], name="oauth_requests_oldest")]

    def __str__(self) -> str:
        return f"{self.client_id} asks"


class TokenPair(models.Model):
    """An access token and the refresh token that was given with it. A grant has one unused pair at a time."""

    grant = models.ForeignKey("oauth.Grant", on_delete=models.CASCADE, related_name="tokens")
    access_digest = _secret()
    refresh_digest = _secret()
    scope = models.CharField(max_length=200)
    access_expires_at = models.DateTimeField()
    refresh_expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True, help_text="When the refresh token was exchanged")
    created_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        db_table = "oauth_tokens"
        constraints = [
            models.UniqueConstraint(fields=["grant"], condition=Q(used_at=None), name="oauth_tokens_one_unused"),
        ]
        indexes = [models.Index(fields=["refresh_expires_at"], name="oauth_tokens_oldest")]

    def __str__(self) -> str:
        return f"pair {self.pk}"
