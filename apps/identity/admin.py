"""Accounts, sessions and what was sent, for staff. Nothing is typed here: actions call services."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from apps.identity.models import Account, LoginIdentity, OutboxMessage, Session
from apps.identity.services import administration
from ghar.admin import Rows, Screen, Staff
from ghar.asking import asks

READ_ONLY = {"view": Staff.ADMINS, "add": Staff.NOBODY, "change": Staff.NOBODY, "delete": Staff.NOBODY}
ACTED_ON = {**READ_ONLY, "change": Staff.ADMINS}


class LoginRows(Rows):
    access = READ_ONLY
    model = LoginIdentity
    fields = readonly_fields = ["provider", "subject", "last_sign_in_at", "created_at"]


@admin.register(Account)
class AccountScreen(Screen):
    """Secrets are not shown: neither passwords nor codes."""

    access = ACTED_ON
    list_display = ["__str__", "phone", "email", "last_sign_in_at", "banned_until", "created_at"]
    search_fields = ["phone", "email", "id"]
    ordering = ["-created_at", "-id"]
    fields = [
        "id", "phone", "phone_confirmed_at", "email", "email_confirmed_at", "new_phone", "new_email", "user_metadata",
        "app_metadata", "banned_until", "last_sign_in_at", "created_at", "updated_at",
    ]  # fmt: skip
    readonly_fields = fields
    inlines = [LoginRows]
    actions = ["ban", "unban", "sign_out"]

    @admin.action(description="Ban and sign out", permissions=["change"])
    @asks("They are signed out everywhere and cannot sign in again.")
    def ban(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        """For ever, until somebody lifts it."""
        self.carry_out(request, queryset, administration.ban_account, key="account_id", done="banned")

    @admin.action(description="Lift the ban", permissions=["change"])
    @asks("They may sign in again.")
    def unban(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        """Let in again."""
        self.carry_out(request, queryset, administration.unban_account, key="account_id", done="let in again")

    @admin.action(description="Sign out everywhere", permissions=["change"])
    @asks("All their devices are signed out; they may sign in again.")
    def sign_out(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        """End all their sessions."""
        self.carry_out(request, queryset, administration.end_all_sessions, key="account_id", done="signed out")


@admin.register(Session)
class SessionScreen(Screen):
    access = ACTED_ON
    list_display = ["account", "method", "address", "refreshed_at", "ended_at", "ending"]
    list_select_related = ["account"]
    list_filter = ["method", "ending"]
    search_fields = ["account__phone", "account__email"]
    ordering = ["-refreshed_at"]
    fields = ["account", "method", "address", "user_agent", "created_at", "refreshed_at", "ended_at", "ending"]
    readonly_fields = fields
    actions = ["end"]

    @admin.action(description="End", permissions=["change"])
    @asks("These devices are signed out.")
    def end(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        """Sign these devices out."""
        self.carry_out(request, queryset, administration.end_session, key="session_id", done="ended")


@admin.register(OutboxMessage)
class OutboxScreen(Screen):
    """Outside production the text is kept, so the newest code is read here; in production there is none."""

    access = READ_ONLY
    list_display = ["recipient", "channel", "subject", "text", "delivery", "created_at"]
    list_filter = ["channel", "delivery"]
    search_fields = ["recipient"]
    ordering = ["-created_at"]
    fields = ["recipient", "channel", "subject", "text", "delivery", "failure", "created_at", "delivered_at"]
    readonly_fields = fields
