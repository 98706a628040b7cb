"""An account of the embedded service, and the logins that lead to it."""

import uuid
from datetime import datetime

from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower

from ghar.models import Timestamped, choices_check


class Provider(models.TextChoices):
    """The kinds of login. `APPLE` is known so that accounts of other issuers can be brought here."""

    PHONE = "phone", "Phone"
    EMAIL = "email", "Email"
    GOOGLE = "google", "Google"
    APPLE = "apple", "Apple"


class Account(Timestamped):
    """Who can sign in. Its id is the `sub` of its tokens; the platform's user row is linked by it.

    `phone` is E.164 without the plus, as the wire writes it. `pending_password` belongs to a sign-up that nobody
    has confirmed: it becomes the password only when the code of that very sign-up comes back, so whoever types a
    stranger's number into a sign-up form never ends with a password to that stranger's account. `app_metadata`
    holds what the platform says (`role`), `user_metadata` what the person says.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    email = models.EmailField(null=True, blank=True, unique=True)
    phone = models.CharField(max_length=15, null=True, blank=True, unique=True, help_text="E.164 without the plus")
    password = models.CharField(max_length=256, blank=True, default="")
    pending_password = models.CharField(max_length=256, blank=True, default="")
    email_confirmed_at = models.DateTimeField(null=True, blank=True)
    phone_confirmed_at = models.DateTimeField(null=True, blank=True)
    new_email = models.EmailField(null=True, blank=True)
    new_phone = models.CharField(max_length=15, null=True, blank=True)
    user_metadata = models.JSONField(default=dict, blank=True)
    app_metadata = models.JSONField(default=dict, blank=True)
    banned_until = models.DateTimeField(null=True, blank=True)
    last_sign_in_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "identity_accounts"
        constraints = [
            models.CheckConstraint(condition=~Q(email=None) | ~Q(phone=None), name="identity_accounts_reachable"),
            models.CheckConstraint(
                condition=Q(email=None) | Q(email=Lower("email")), name="identity_accounts_email_lower"
            ),
            models.CheckConstraint(
                condition=Q(phone=None) | Q(phone__regex=r"^[1-9][0-9]{6,14}$"), name="identity_accounts_phone_digits"
            ),
            models.CheckConstraint(
                condition=Q(email_confirmed_at=None) | ~Q(email=None), name="identity_accounts_email_there"
            ),
            models.CheckConstraint(
                condition=Q(phone_confirmed_at=None) | ~Q(phone=None), name="identity_accounts_phone_there"
            ),
            models.CheckConstraint(
                condition=Q(pending_password="") | Q(email_confirmed_at=None, phone_confirmed_at=None),
                name="identity_accounts_pending_unconfirmed",
            ),
        ]
        indexes = [models.Index(fields=["-created_at", "-id"], name="identity_accounts_newest")]

    def __str__(self) -> str:
        return self.email or f"+{self.phone}"

    @property
    def confirmed_at(self) -> datetime | None:
        """When the first channel was proven, or None for an account that nobody has proven to own."""
        return min(filter(None, (self.email_confirmed_at, self.phone_confirmed_at)), default=None)

    def is_banned(self, now: datetime) -> bool:
        """Is it shut out at this moment?"""
        return self.banned_until is not None and self.banned_until > now


class LoginIdentity(Timestamped):
    """A proven login of an account. `subject` is the provider's name for the person (ours for phone and email)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="identities")
    provider = models.CharField(max_length=16, choices=Provider)
    subject = models.CharField(max_length=255)
    data = models.JSONField(default=dict, blank=True)
    last_sign_in_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "identity_logins"
        verbose_name_plural = "login identities"
        ordering = ["created_at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["provider", "subject"], name="identity_logins_subject_unique"),
            choices_check("provider", Provider, name="identity_logins_provider_known"),
        ]

    def __str__(self) -> str:
        return f"{self.provider} of {self.account_id}"
