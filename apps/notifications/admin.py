"""What people were told and how it went out, for admins. Nothing is typed here."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from unfold.contrib.filters.admin import ChoicesDropdownFilter, RangeDateTimeFilter

from apps.notifications.models import Delivery, Notification
from apps.notifications.services import administration
from ghar.admin import Rows, Screen, Staff

READ_ONLY = {"view": Staff.ADMINS, "add": Staff.NOBODY, "change": Staff.NOBODY, "delete": Staff.NOBODY}


class DeliveryRows(Rows):
    access = READ_ONLY
    model = Delivery
    fields = readonly_fields = ["channel", "recipient", "status", "failure", "attempts", "sent_at", "opened_at"]


@admin.register(Notification)
class NotificationScreen(Screen):
    access = READ_ONLY
    icon = "notifications"
    list_display = ["title", "type", "user", "read_at", "created_at"]
    list_select_related = ["user"]
    list_filter = [("created_at", RangeDateTimeFilter)]
    search_fields = ["user__phone", "user__email", "type"]
    search_help_text = "Phone or email of the person, or a type"
    ordering = ["-created_at", "-id"]
    fields = ["user", "type", "title", "body", "data", "route", "read_at", "created_at"]
    readonly_fields = fields
    inlines = [DeliveryRows]


@admin.register(Delivery)
class DeliveryScreen(Screen):
    """The outbox."""

    access = {**READ_ONLY, "change": Staff.ADMINS}
    icon = "outgoing_mail"
    list_display = ["recipient", "channel", "status", "failure", "attempts", "due_at", "created_at"]
    list_filter = [("channel", ChoicesDropdownFilter), ("status", ChoicesDropdownFilter)]
    search_fields = ["recipient"]
    ordering = ["-created_at", "-id"]
    fields = [
        "notification", "channel", "recipient", "status", "failure", "attempts", "due_at", "expires_at", "sent_at",
        "opened_at", "created_at",
    ]  # fmt: skip
    readonly_fields = fields
    actions = ["retry"]

    @admin.action(description="Send again", permissions=["change"])
    def retry(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        """Put what was not sent back into the outbox; it leaves within a minute."""
        self.carry_out(request, queryset, administration.retry_delivery, key="delivery_id", done="put back")
