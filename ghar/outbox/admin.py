"""What waits to be carried out and what is stuck, for admins."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse

from ghar.actors import Actor
from ghar.admin import Screen, Staff
from ghar.asking import asks
from ghar.outbox import services
from ghar.outbox.models import OutboxEntry
from ghar.staff import Figure


@admin.register(OutboxEntry)
class OutboxScreen(Screen):
    """Rows leave by themselves when they succeed. Of a parked one, `failure` says what is wrong."""

    access = {"view": Staff.ADMINS, "add": Staff.NOBODY, "change": Staff.ADMINS, "delete": Staff.NOBODY}
    icon = "outbox"
    list_display = ["handler", "attempts", "failure", "due_at", "parked_at", "created_at"]
    list_filter = [("parked_at", admin.EmptyFieldListFilter)]
    search_fields = ["handler", "failure"]
    ordering = ["-parked_at", "due_at", "pk"]
    fields = ["handler", "facts", "attempts", "failure", "due_at", "parked_at", "created_at"]
    readonly_fields = fields
    actions = ["retry", "discard"]

    def calls(self, actor: Actor) -> list[Figure]:
        """What should have followed and did not."""
        link = reverse("admin:outbox_outboxentry_changelist") + "?parked_at__isempty=0"
        return [Figure("Parked consequences", services.count_parked(), link, "outbox")]

    @admin.action(description="Try again", permissions=["change"])
    @asks("They are carried out within a minute: people may be told, and rows may change.")
    def retry(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        """Have the clock try them anew within a minute."""
        self.carry_out(request, queryset, services.retry_entry, key="entry_id", done="tried again within a minute")

    @admin.action(description="Discard what is parked", permissions=["change"])
    @asks("What should have followed will never follow. Nobody can undo it.")
    def discard(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        """Remove parked rows for good."""
        self.carry_out(request, queryset, services.discard_entry, key="entry_id", done="discarded")
