"""What people were told, how it went out, and the devices that it goes to."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models.functions import Now

from ghar.models import choices_check


class Audience(models.TextChoices):
    """Whom something was said to. What was said to devices or to a topic of the push service is in nobody's list."""

    USER = "user", "One person"
    TOKENS = "tokens", "Devices"
    TOPIC = "topic", "A topic"


class CampaignAudience(models.TextChoices):
    """Whom a campaign is for. A topic of the platform is everybody who consents to what it stands for."""

    ALL = "all", "Everybody"
    SEGMENT = "segment", "A segment"
    TOPIC = "topic", "A topic"


class CampaignStatus(models.TextChoices):
    RUNNING = "running", "Running"
    STOPPED = "stopped", "Stopped"
    DONE = "done", "Done"


class Campaign(models.Model):
    """The same words to many people, told in chunks by id: everybody up to `reached` was, nobody after `upto` is.

    `told` have it in their list; `held_back` are those over the cap of the type, or suspended.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    audience = models.CharField(max_length=8, choices=CampaignAudience)
    topic = models.CharField(max_length=200, null=True)
    segment = models.JSONField(default=dict, help_text="Role, agent and activity; what is not named is any")
    type = models.CharField(max_length=64)
    title = models.CharField(max_length=200)
    body = models.TextField()
    data = models.JSONField(default=dict)
    route = models.CharField(max_length=300, null=True)
    sent_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    status = models.CharField(max_length=8, choices=CampaignStatus, default=CampaignStatus.RUNNING)
    requested = models.PositiveIntegerField(help_text="People in the audience when it began")
    upto = models.BigIntegerField()
    reached = models.BigIntegerField(default=0)
    processed = models.PositiveIntegerField(default=0)
    told = models.PositiveIntegerField(default=0)
    held_back = models.PositiveIntegerField(default=0)
    due_at = models.DateTimeField(help_text="When the next chunk may be told, if nobody does it now")
    created_at = models.DateTimeField(db_default=Now(), editable=False)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "notification_campaigns"
        constraints = [
            choices_check("audience", CampaignAudience, name="campaigns_audience_known"),
            choices_check("status", CampaignStatus, name="campaigns_status_known"),
            models.CheckConstraint(
                condition=models.Q(processed=models.F("told") + models.F("held_back")), name="campaigns_add_up"
            ),
            models.CheckConstraint(
                condition=~models.Q(status="done") | models.Q(finished_at__isnull=False), name="campaigns_done_finished"
            ),
        ]
        indexes = [
            models.Index(fields=["due_at"], name="campaigns_due", condition=models.Q(status="running")),
            models.Index(fields=["-created_at", "-id"], name="campaigns_newest"),
        ]

    def __str__(self) -> str:
        return self.title


class Notification(models.Model):
    """One thing that was said; to one person, as the app's list shows it. `type` is the key of a notice type."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    audience = models.CharField(max_length=8, choices=Audience, default=Audience.USER, db_default=Audience.USER)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, null=True, related_name="notifications"
    )
    topic = models.CharField(max_length=200, null=True)
    type = models.CharField(max_length=64)
    title = models.CharField(max_length=200)
    body = models.TextField()
    data = models.JSONField(default=dict)
    route = models.CharField(max_length=300, null=True)
    image = models.CharField(max_length=500, null=True)
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
        help_text="The admin who wrote it; none for what the platform says",
    )
    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, null=True, related_name="notifications")
    read_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        db_table = "notifications"
        constraints = [
            choices_check("audience", Audience, name="notifications_audience_known"),
            models.CheckConstraint(
                condition=models.Q(audience="user", user__isnull=False, topic=None)
                | models.Q(audience="tokens", user=None, topic=None)
                | models.Q(audience="topic", user=None, topic__isnull=False),
                name="notifications_have_their_audience",
            ),
            models.UniqueConstraint(
                fields=["campaign", "user"],
                condition=models.Q(campaign__isnull=False),
                name="notifications_once_a_campaign",
            ),
        ]
        indexes = [
            models.Index(fields=["user", "-created_at", "-id"], name="notifications_newest"),
            models.Index(fields=["-created_at", "-id"], name="notifications_of_all_newest"),
            models.Index(fields=["user"], name="notifications_unread", condition=models.Q(read_at=None)),
            models.Index(fields=["user", "type", "-created_at"], name="notifications_of_a_type"),
        ]

    def __str__(self) -> str:
        return self.title


class Outlet(models.TextChoices):
    """The channels that leave the platform."""

    PUSH = "push", "Push"
    EMAIL = "email", "Email"
    SMS = "sms", "SMS"
    WHATSAPP = "whatsapp", "WhatsApp"


class DeliveryStatus(models.TextChoices):
    PENDING = "pending", "Pending"
    SENT = "sent", "Sent"
    FAILED = "failed", "Failed"
    EXPIRED = "expired", "Too late"
    UNAVAILABLE = "unavailable", "No provider"
    PARKED = "parked", "Answer not understood"
    COLLECTED = "collected", "In a digest"


class Delivery(models.Model):
    """One notification on its way to one address of one channel: the outbox. What is pending is due at `due_at`.

    `recipient` is an address, a phone, a token or a topic; of a person's device it is the device's id, because the
    device may have become another person's before it is sent. What is `in_digest` waits for others of its person and is
    sent with them: one is the letter, which the others name as their `digest`.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    notification = models.ForeignKey(Notification, on_delete=models.CASCADE, related_name="deliveries")
    channel = models.CharField(max_length=8, choices=Outlet)
    recipient = models.CharField(max_length=1024)
    device = models.ForeignKey("DeviceToken", on_delete=models.SET_NULL, null=True, related_name="deliveries")
    status = models.CharField(max_length=16, choices=DeliveryStatus, default=DeliveryStatus.PENDING)
    in_digest = models.BooleanField(default=False, db_default=False)
    digest = models.ForeignKey("self", on_delete=models.SET_NULL, null=True, related_name="collected")
    failure = models.CharField(max_length=255, blank=True, default="")
    provider_id = models.CharField(max_length=255, blank=True, default="", db_default="")
    attempts = models.PositiveSmallIntegerField(default=0)
    due_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    opened_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        db_table = "notification_deliveries"
        verbose_name_plural = "deliveries"
        constraints = [
            models.UniqueConstraint(fields=["notification", "channel", "recipient"], name="deliveries_once_an_address"),
            choices_check("channel", Outlet, name="deliveries_channel_known"),
            choices_check("status", DeliveryStatus, name="deliveries_status_known"),
            models.CheckConstraint(
                condition=models.Q(digest=None) | models.Q(in_digest=True, status="collected"),
                name="deliveries_collected_in_a_digest",
            ),
        ]
        indexes = [
            models.Index(fields=["due_at"], name="deliveries_due", condition=models.Q(status="pending")),
            models.Index(fields=["-created_at", "-id"], name="deliveries_newest"),
        ]

    def __str__(self) -> str:
        return f"{self.channel} to {self.recipient}"


class Platform(models.TextChoices):
    ANDROID = "android", "Android"
    IOS = "ios", "iOS"
    WEB = "web", "Web"


class DeviceToken(models.Model):
    """The push address of an app on one device, and whose it is. What is not active gets nothing."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    token = models.CharField(max_length=1024, unique=True)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="devices")
    platform = models.CharField(max_length=8, choices=Platform)
    app_version = models.CharField(max_length=32, null=True)
    locale = models.CharField(max_length=35, null=True)
    is_active = models.BooleanField(default=True)
    last_seen_at = models.DateTimeField()
    retired_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        db_table = "device_tokens"
        constraints = [
            choices_check("platform", Platform, name="device_tokens_platform_known"),
            models.CheckConstraint(
                condition=models.Q(is_active=True, retired_at=None)
                | models.Q(is_active=False, retired_at__isnull=False),
                name="device_tokens_retired_or_active",
            ),
        ]
        indexes = [
            models.Index(fields=["user", "-last_seen_at"], name="device_tokens_of_a_person"),
            models.Index(fields=["-created_at", "-id"], name="device_tokens_newest"),
        ]

    def __str__(self) -> str:
        return f"{self.platform} {str(self.id)[:8]}"
