"""Sessions and the chain of refresh tokens that keeps each one alive."""

import uuid

from django.db import models
from django.db.models import Q

from apps.identity.models.account import Account
from ghar.models import Timestamped, choices_check


class Method(models.TextChoices):
    """How a session began (`amr` of its tokens)."""

    PASSWORD = "password", "Password"
    OTP = "otp", "One-time code"
    OAUTH = "oauth", "Another provider"


class Ending(models.TextChoices):
    """Why a session is over."""

    SIGNED_OUT = "signed_out", "Signed out"
    REUSED = "reused", "A refresh token came back twice"
    PASSWORD_CHANGED = "password_changed", "Password changed elsewhere"
    BANNED = "banned", "Account banned"
    IDLE = "idle", "Not used for long"


class Session(Timestamped):
    """One sign-in on one device. It is over when `ended_at` is set; its access tokens run out by themselves."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="sessions")
    method = models.CharField(max_length=16, choices=Method)
    address = models.GenericIPAddressField(null=True, blank=True)
    user_agent = models.CharField(max_length=255, blank=True, default="")
    refreshed_at = models.DateTimeField(db_index=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    ending = models.CharField(max_length=20, choices=Ending, null=True, blank=True)

    class Meta:
        db_table = "identity_sessions"
        constraints = [
            choices_check("method", Method, name="identity_sessions_method_known"),
            choices_check("ending", Ending, name="identity_sessions_ending_known"),
            models.CheckConstraint(
                condition=Q(ended_at=None, ending=None) | Q(ended_at__isnull=False, ending__isnull=False),
                name="identity_sessions_ending_with_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.method} session of {self.account_id}"


class RefreshToken(models.Model):
    """One link of a session's chain; only its hash is kept.

    A token has at most one successor (`parent` is unique), whatever happens at once. The successor's text is
    derived from the parent's text, `salt` and a server key, so that the holder of the parent can be given the same
    successor again for a few seconds without it being stored.
    """

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="refresh_tokens")
    digest = models.CharField(max_length=64, unique=True)
    parent = models.OneToOneField("self", on_delete=models.SET_NULL, null=True, related_name="successor")
    salt = models.CharField(max_length=32)
    created_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, db_index=True)

    class Meta:
        db_table = "identity_refresh_tokens"
        constraints = [
            models.CheckConstraint(condition=Q(digest__regex="^[0-9a-f]{64}$"), name="identity_refresh_digest_hex"),
            models.UniqueConstraint(
                fields=["session"], condition=Q(used_at=None), name="identity_refresh_one_active_a_session"
            ),
        ]

    def __str__(self) -> str:
        return f"refresh token of {self.session_id}"
