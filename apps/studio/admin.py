"""What the studio was asked for, for admins. Nothing is typed here."""

from django.contrib import admin
from django.db.models import Q
from django.urls import reverse
from unfold.contrib.filters.admin import ChoicesDropdownFilter, RangeDateTimeFilter

from apps.studio import permissions, selectors
from apps.studio.models import Generation
from ghar.actors import Actor
from ghar.admin import Screen, Staff
from ghar.staff import Figure


@admin.register(Generation)
class GenerationScreen(Screen):
    access = {"view": Staff.ADMINS, "add": Staff.NOBODY, "change": Staff.NOBODY, "delete": Staff.NOBODY}
    icon = "brush"
    list_display = ["created_at", "user", "mode", "status", "failure", "model", "file_size", "finished_at"]
    list_select_related = ["user"]
    list_filter = [("status", ChoicesDropdownFilter), ("created_at", RangeDateTimeFilter)]
    search_fields = ["user__phone", "user__email"]
    search_help_text = "Phone or email of the person"
    ordering = ["-created_at", "-id"]
    fields = [
        "user", "mode", "prompt", "provider", "model", "status", "failure", "mime_type", "file_size", "media",
        "created_at", "finished_at",
    ]  # fmt: skip
    readonly_fields = fields

    def visible_to(self, actor: Actor) -> Q:
        """As the area decides."""
        return permissions.visible_to(actor)

    def figures(self, actor: Actor) -> list[Figure]:
        """What is being paid for."""
        counts = selectors.count_generations_of_a_day(actor)
        list_of = reverse("admin:studio_generation_changelist")
        return [
            Figure("Pictures asked for", counts["all"], list_of, "brush", f"{counts['failed']} failed, in 24 hours")
        ]
