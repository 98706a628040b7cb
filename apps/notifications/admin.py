"""What people were told and how it went out, for admins. Nothing is typed here."""

from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern, path, reverse
from unfold.contrib.filters.admin import ChoicesDropdownFilter, RangeDateTimeFilter
from unfold.decorators import action

from apps.notifications import selectors
from apps.notifications.models import Campaign, Delivery, DeviceToken, Notification
from apps.notifications.services import administration, campaigns, devices, exporting
from ghar.actors import Actor
from ghar.admin import OneChoiceFilter, Rows, Screen, Staff, actor_of
from ghar.asking import asks
from ghar.staff import Figure

READ_ONLY = {"view": Staff.ADMINS, "add": Staff.NOBODY, "change": Staff.NOBODY, "delete": Staff.NOBODY}


class DeliveryRows(Rows):
    access = READ_ONLY
    model = Delivery
    fields = readonly_fields = ["channel", "recipient", "status", "failure", "attempts", "sent_at", "opened_at"]


@admin.register(Notification)
class NotificationScreen(Screen):
    access = READ_ONLY
    icon = "notifications"
    list_display = ["title", "type", "audience", "user", "sent_by", "read_at", "created_at"]
    list_select_related = ["user", "sent_by"]
    list_filter = [("audience", ChoicesDropdownFilter), ("created_at", RangeDateTimeFilter)]
    search_fields = ["user__phone", "user__email", "type"]
    search_help_text = "Phone or email of the person, or a type"
    ordering = ["-created_at", "-id"]
    fields = [
        "audience", "user", "topic", "type", "title", "body", "data", "route", "image", "sent_by", "campaign",
        "read_at", "created_at",
    ]  # fmt: skip
    readonly_fields = fields
    inlines = [DeliveryRows]
    actions_list = ["types"]

    @action(description="Types", url_path="types", permissions=["view"])
    def types(self, request: HttpRequest) -> HttpResponse:
        """Every type of notices that an area declares, with how many were told and how it went out."""
        context = {
            **self.admin_site.each_context(request),
            "title": "Types of notices",
            "types": selectors.list_types(actor_of(request)),
        }
        return render(request, "admin/notice_types.html", context)


class StuckFilter(OneChoiceFilter):
    """What should have left and has not, and what nobody knows the end of."""

    title = "stuck"
    parameter_name = "stuck"
    choice = ("yes", "Stuck")

    def chosen(self) -> Q:
        """Those deliveries."""
        return selectors.stuck()


@admin.register(Delivery)
class DeliveryScreen(Screen):
    """The outbox. Of a device its kind and number are shown, never the token."""

    access = {**READ_ONLY, "change": Staff.ADMINS}
    icon = "outgoing_mail"
    list_display = ["recipient", "channel", "status", "failure", "attempts", "due_at", "created_at"]
    list_filter = [StuckFilter, ("channel", ChoicesDropdownFilter), ("status", ChoicesDropdownFilter)]
    search_fields = ["recipient"]
    ordering = ["-created_at", "-id"]
    fields = [
        "notification", "channel", "recipient", "device", "status", "digest", "failure", "provider_id", "attempts",
        "due_at", "expires_at", "sent_at", "opened_at", "created_at",
    ]  # fmt: skip
    readonly_fields = fields
    actions = ["retry"]
    actions_list = ["export_stuck"]

    def calls(self, actor: Actor) -> list[Figure]:
        """Who was not told."""
        link = reverse("admin:notifications_delivery_changelist") + "?stuck=yes"
        return [Figure("Stuck messages", selectors.count_stuck(), link, "outgoing_mail")]

    def get_urls(self) -> list[URLPattern]:
        """With the address of files that were made of it."""
        own = path(
            "export/<str:name>", self.admin_site.admin_view(self.give_export), name="notifications_delivery_export"
        )
        return [own, *super().get_urls()]

    @action(description="Export what is stuck", url_path="export-stuck", permissions=["change"])
    def export_stuck(self, request: HttpRequest) -> HttpResponse:
        """Have a worker write it down; whoever asked is told when it is there."""
        exporting.ask_for_stuck(actor=actor_of(request))
        self.message_user(request, "A worker makes the file. You are told when it can be fetched.")
        return redirect("admin:notifications_delivery_changelist")

    def give_export(self, request: HttpRequest, name: str) -> HttpResponse:
        """The file, as long as it is kept."""
        if not self.has_change_permission(request):
            raise PermissionDenied
        try:
            text = exporting.read_export(actor=actor_of(request), name=name)
        except exporting.FileGone as gone:
            raise Http404(gone.message) from gone
        return HttpResponse(
            text,
            content_type="text/csv; charset=utf-8",
            headers={"Content-Disposition": f'attachment; filename="{name}"'},
        )

    @admin.action(description="Send again", permissions=["change"])
    @asks("What was not sent goes to these people within a minute.")
    def retry(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        """Put what was not sent back into the outbox; it leaves within a minute."""
        self.carry_out(request, queryset, administration.retry_delivery, key="delivery_id", done="put back")


@admin.register(Campaign)
class CampaignScreen(Screen):
    """What many people are told. Campaigns begin over REST; here they are watched, stopped and resumed."""

    access = {**READ_ONLY, "change": Staff.ADMINS}
    icon = "campaign"
    list_display = ["title", "type", "audience", "status", "requested", "processed", "told", "held_back", "created_at"]
    list_filter = [("status", ChoicesDropdownFilter), ("created_at", RangeDateTimeFilter)]
    search_fields = ["title", "type"]
    ordering = ["-created_at", "-id"]
    fields = [
        "title", "body", "type", "data", "route", "audience", "topic", "segment", "sent_by", "status", "requested",
        "processed", "told", "held_back", "created_at", "finished_at",
    ]  # fmt: skip
    readonly_fields = fields
    actions = ["stop", "resume"]

    @admin.action(description="Stop", permissions=["change"])
    @asks("Nobody more is told, and what has not left yet is held back.")
    def stop(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        """Tell nobody more, and hold back what has not left yet."""
        self.carry_out(request, queryset, campaigns.stop_campaign, key="campaign_id", done="stopped")

    @admin.action(description="Go on", permissions=["change"])
    @asks("The people who were not told yet are told now.")
    def resume(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        """Go on where it was stopped."""
        self.carry_out(request, queryset, campaigns.resume_campaign, key="campaign_id", done="resumed")


@admin.register(DeviceToken)
class DeviceScreen(Screen):
    """The devices that push goes to; tokens are not shown."""

    access = {**READ_ONLY, "change": Staff.ADMINS}
    icon = "devices"
    list_display = ["id", "platform", "user", "app_version", "locale", "is_active", "last_seen_at", "created_at"]
    list_select_related = ["user"]
    list_filter = [("platform", ChoicesDropdownFilter), "is_active"]
    search_fields = ["user__phone", "user__email"]
    search_help_text = "Phone or email of the person"
    ordering = ["-created_at", "-id"]
    fields = ["user", "platform", "app_version", "locale", "is_active", "last_seen_at", "retired_at", "created_at"]
    readonly_fields = fields
    actions = ["retire"]

    @admin.action(description="Send nothing more", permissions=["change"])
    @asks("Nothing more is sent to these devices until the app registers them again.")
    def retire(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        """Send nothing to it until the app registers it again."""
        self.carry_out(request, queryset, devices.retire_device, key="device_id", done="retired")
