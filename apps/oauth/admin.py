"""Connected apps and what people granted them, for admins. Nothing is typed here.

No digest of a secret is on any screen, and no address of a screen can ask for one.
"""

from collections.abc import Iterable
from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from unfold.contrib.filters.admin import ChoicesDropdownFilter, RangeDateTimeFilter

from apps.oauth import rules
from apps.oauth.models import Client, Grant, TokenPair
from apps.oauth.services import grants
from ghar.admin import Rows, Screen, Staff
from ghar.asking import asks

READ_ONLY = {"view": Staff.ADMINS, "add": Staff.NOBODY, "change": Staff.NOBODY, "delete": Staff.NOBODY}
ACTED_ON = {**READ_ONLY, "change": Staff.ADMINS}


class _Ending(Screen):
    """A screen from which grants are ended."""

    access = READ_ONLY

    def end(self, request: HttpRequest, chosen: Iterable[Grant]) -> None:
        """Take back what people granted: every token of it is refused from now on."""
        self.carry_out(request, chosen, grants.end_grant, key="grant_id", done="revoked")


@admin.register(Client)
class ClientScreen(Screen):
    """Apps register themselves, or describe themselves at the address that is their id; a name is their own word."""

    access = READ_ONLY
    icon = "apps"
    list_display = ["name", "client_id", "client_uri", "document_until", "created_at"]
    search_fields = ["name", "client_id"]
    ordering = ["-created_at", "-id"]
    fields = [
        "name",
        "client_id",
        "redirect_uris",
        "client_uri",
        "logo_uri",
        "contacts",
        "document_until",
        "created_at",
    ]
    readonly_fields = fields


class PairRows(Rows):
    access = READ_ONLY
    model = TokenPair
    fields = readonly_fields = ["scope", "created_at", "access_expires_at", "refresh_expires_at", "used_at"]


@admin.register(Grant)
class GrantScreen(_Ending):
    """Which app acts for whom, at which server, within which scopes."""

    access = ACTED_ON
    icon = "handshake"
    list_display = ["client", "user", "resource", "scope", "created_at", "last_used_at", "ended_at", "ending"]
    list_select_related = ["client", "user"]
    list_filter = [
        ("ending", ChoicesDropdownFilter),
        ("created_at", RangeDateTimeFilter),
        ("last_used_at", RangeDateTimeFilter),
    ]
    search_fields = ["client__name", "client__client_id", "user__phone", "user__full_name"]
    search_help_text = "An app's name or id, a person's phone or name"
    ordering = ["-created_at", "-id"]
    fields = ["client", "user", "resource", "scope", "may", "created_at", "last_used_at", "ended_at", "ending"]
    readonly_fields = fields
    inlines = [PairRows]
    actions = ["revoke"]

    @admin.display(description="It may")
    def may(self, grant: Grant) -> str:
        """What the scopes mean, in the words that the person read."""
        return "; ".join(rules.MEANS[scope] for scope in grant.scope.split())

    @admin.action(description="Revoke", permissions=["change"])
    @asks("These apps act for these people no longer: every token of theirs is refused from now on.")
    def revoke(self, request: HttpRequest, queryset: QuerySet[Grant]) -> None:
        """End the chosen grants."""
        self.end(request, queryset)

    def store(self, request: HttpRequest, obj: Any, form: Any) -> None:
        """Nothing is typed here."""


@admin.register(TokenPair)
class TokenPairScreen(_Ending):
    """The tokens of grants: when they were given and until when they count, never what they are."""

    access = ACTED_ON
    icon = "key"
    list_display = ["id", "app", "person", "scope", "created_at", "access_expires_at", "refresh_expires_at", "used_at"]
    list_select_related = ["grant__client", "grant__user"]
    list_filter = [("access_expires_at", RangeDateTimeFilter), ("created_at", RangeDateTimeFilter)]
    search_fields = ["grant__client__name", "grant__user__phone", "grant__user__full_name"]
    search_help_text = "An app's name, a person's phone or name"
    ordering = ["-created_at", "-id"]
    fields = ["grant", "scope", "created_at", "access_expires_at", "refresh_expires_at", "used_at"]
    readonly_fields = fields
    actions = ["revoke"]

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest) -> bool:
        """An address may ask for what is shown, and not guess at digests."""
        return lookup.split("__")[0] in self.fields and super().lookup_allowed(lookup, value, request)

    @admin.display(ordering="grant__client__name")
    def app(self, pair: TokenPair) -> Any:
        """Whose tokens they are."""
        return pair.grant.client

    @admin.display(ordering="grant__user")
    def person(self, pair: TokenPair) -> Any:
        """For whom the app acts."""
        return pair.grant.user

    @admin.action(description="Revoke their grants", permissions=["change"])
    @asks("These apps act for these people no longer: every token of theirs is refused from now on.")
    def revoke(self, request: HttpRequest, queryset: QuerySet[TokenPair]) -> None:
        """End the grants of the chosen tokens, each once."""
        self.end(request, {pair.grant_id: pair.grant for pair in queryset}.values())

    def store(self, request: HttpRequest, obj: Any, form: Any) -> None:
        """Nothing is typed here."""
