"""Conversations with the assistant, for admins: that they took place, not what was said.

What people write to the assistant is theirs. So neither messages nor the title, which is made of the first one, are on
any screen, nor can they be searched.
"""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from unfold.contrib.filters.admin import RangeDateTimeFilter

from apps.assistant import selectors
from apps.assistant.models import Conversation
from ghar.admin import Screen, Staff


@admin.register(Conversation)
class ConversationScreen(Screen):
    access = {"view": Staff.ADMINS, "add": Staff.NOBODY, "change": Staff.NOBODY, "delete": Staff.NOBODY}
    icon = "forum"
    list_display = ["id", "user", "messages", "created_at", "updated_at"]
    list_select_related = ["user"]
    list_filter = [("updated_at", RangeDateTimeFilter)]
    search_fields = ["user__phone", "user__full_name"]
    search_help_text = "The person's phone or name"
    ordering = ["-updated_at", "-id"]
    fields = ["id", "user", "messages", "created_at", "updated_at"]
    readonly_fields = fields

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest) -> bool:
        """An address may ask for what is shown, and not guess at titles."""
        return lookup.split("__")[0] in self.fields and super().lookup_allowed(lookup, value, request)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """With the number of messages."""
        return selectors.counted(super().get_queryset(request))

    @admin.display
    def messages(self, conversation: Any) -> int:
        """How many messages it has, as its person sees them."""
        count: int = conversation.message_count
        return count
