"""One-time codes, and the log of what was sent."""

import uuid

from django.db import models
from django.db.models import Q

from apps.identity.models.account import Account
from ghar.models import choices_check


class Purpose(models.TextChoices):
    """What the holder of a code gets. One live code for each purpose and identifier."""

    SIGN_IN = "sign_in", "Sign in"
    SIGN_UP = "sign_up", "Confirm a sign-up and its password"
    PHONE_CHANGE = "phone_change", "Change the phone number"
    EMAIL_CHANGE = "email_change", "Change the email address"


class OneTimeCode(models.Model):
    """A code that waits to come back. Kept as a keyed hash; five attempts, ten minutes, deleted when used.

    A new code for the same purpose and identifier takes this row's place.
    """

    MOST_ATTEMPTS = 5

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="codes")
    purpose = models.CharField(max_length=16, choices=Purpose)
    identifier = models.CharField(max_length=254, help_text="Email, or phone without the plus")
    digest = models.CharField(max_length=64)
    attempts = models.SmallIntegerField(default=0)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField(db_index=True)

    class Meta:
        db_table = "identity_codes"
        constraints = [
            models.UniqueConstraint(fields=["purpose", "identifier"], name="identity_codes_one_a_purpose"),
            choices_check("purpose", Purpose, name="identity_codes_purpose_known"),
            models.CheckConstraint(condition=Q(attempts__range=(0, 5)), name="identity_codes_five_attempts"),
            models.CheckConstraint(condition=Q(digest__regex="^[0-9a-f]{64}$"), name="identity_codes_digest_hex"),
        ]

    def __str__(self) -> str:
        return f"{self.purpose} code for {self.identifier}"


class Channel(models.TextChoices):
    SMS = "sms", "SMS"
    EMAIL = "email", "Email"


class Delivery(models.TextChoices):
    PENDING = "pending", "Pending"
    SENT = "sent", "Sent"
    FAILED = "failed", "Failed"


class OutboxMessage(models.Model):
    """A message that left for somebody. `text` is kept outside production only: there, no code is ever readable."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    account = models.ForeignKey(Account, on_delete=models.SET_NULL, null=True, related_name="messages")
    channel = models.CharField(max_length=8, choices=Channel)
    recipient = models.CharField(max_length=254)
    subject = models.CharField(max_length=120)
    text = models.TextField(null=True)
    delivery = models.CharField(max_length=8, choices=Delivery, default=Delivery.PENDING)
    failure = models.CharField(max_length=255, blank=True, default="")
    created_at = models.DateTimeField(db_index=True)
    delivered_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "identity_outbox"
        constraints = [
            choices_check("channel", Channel, name="identity_outbox_channel_known"),
            choices_check("delivery", Delivery, name="identity_outbox_delivery_known"),
        ]
        indexes = [models.Index(fields=["recipient", "-created_at"], name="identity_outbox_recipient")]

    def __str__(self) -> str:
        return f"{self.subject} to {self.recipient}"
