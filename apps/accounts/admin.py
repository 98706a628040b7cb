"""People, for staff. Passwords are shown to nobody; suspension and roles go through services."""

from typing import Any

from django.contrib import admin
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from unfold.contrib.filters.admin import BooleanRadioFilter, ChoicesDropdownFilter, RangeDateTimeFilter
from unfold.decorators import action, display

from apps.accounts import permissions, selectors
from apps.accounts.models import User, UserRole
from apps.accounts.services import administration
from ghar import dossiers
from ghar.actors import Actor
from ghar.admin import Screen, Staff, actor_of
from ghar.asking import asks
from ghar.sheets.cells import Column
from ghar.sheets.screens import Exports
from ghar.sheets.sheet import Sheet
from ghar.staff import DAYS, Course, Figure, tables

MOST_SHOWN = 50
LOCKED_OUT = "They are locked out of everything at once, and what they listen to ends."
LET_IN = "They may sign in and use everything again."
ROLE_COLOURS = {UserRole.ADMIN: "danger", UserRole.AGENT: "info", UserRole.USER: "success"}


EXPORTED = (
    "id", "full_name", "phone", "email", "role", "is_active", "is_verified", "phone_verified", "email_verified",
    "agent_id", "last_login", "created_at", "updated_at", "deleted_at",
)  # fmt: skip


class PeopleSheet(Sheet):
    """Who is here and how they are reached; nothing that they set for themselves."""

    columns = tuple(Column(name, name) for name in EXPORTED)


@admin.register(User)
class UserScreen(Exports, Screen):
    """Agents see themselves; admins see everybody, suspend, let in again, give roles and export the list."""

    access = {
        "view": Staff.STAFF,
        "add": Staff.NOBODY,
        "change": Staff.ADMINS,
        "delete": Staff.NOBODY,
        "export": Staff.ADMINS,
    }
    sheet = PeopleSheet
    icon = "group"
    list_display = ["person", "phone", "role_label", "is_active", "is_verified", "is_seed_data", "created_at"]
    list_filter = [
        ("role", ChoicesDropdownFilter),
        ("is_active", BooleanRadioFilter),
        ("is_verified", BooleanRadioFilter),
        ("is_seed_data", BooleanRadioFilter),
        ("created_at", RangeDateTimeFilter),
    ]
    search_fields = ["phone", "email", "full_name"]
    search_help_text = "Phone, email or name"
    ordering = ["-created_at", "-id"]
    fieldsets = [
        (None, {"fields": ["full_name", "role", "is_active", "phone", "email", "date_of_birth"]}),
        (
            "Sign-in",
            {
                "fields": [
                    "subject", "is_verified", "phone_verified", "email_verified", "last_auth_method",
                    "last_auth_method_at", "last_login", "onboarded_apps",
                ],
            },
        ),
        ("Settings", {"fields": ["preferences", "notification_settings", "privacy_settings"]}),
        ("Origin", {"fields": ["is_seed_data", "created_at", "updated_at", "deleted_at", "login_removed_at"]}),
    ]  # fmt: skip
    readonly_fields = [name for _, section in fieldsets for name in section["fields"] if name != "role"]
    actions = ["suspend", "reactivate"]
    actions_detail = ["everything"]
    actions_submit_line = ["suspend_this", "reactivate_this", "delete_this"]

    def visible_to(self, actor: Actor) -> Q:
        """As the area decides."""
        return permissions.visible_to(actor)

    def figures(self, actor: Actor) -> list[Figure]:
        """How many people there are, and how many are new."""
        if not actor.is_admin:
            return []
        list_of = reverse("admin:accounts_user_changelist")
        counts = selectors.count_people(actor)
        return [
            Figure("People", counts.all, list_of, "group", f"{counts.new} new in the last 7 days"),
            Figure("Suspended", counts.suspended, f"{list_of}?is_active__exact=0&deleted_at__isnull=True", "block"),
        ]

    def courses(self, actor: Actor) -> list[Course]:
        """Who came in."""
        if not actor.is_admin:
            return []
        list_of = reverse("admin:accounts_user_changelist")
        return [Course("New people", selectors.count_people_by_day(actor, DAYS), list_of)]

    @display(description="person", header=True, ordering="full_name")
    def person(self, user: User) -> list[str]:
        """Name over email, with initials."""
        name = user.full_name or user.phone or f"User {user.pk}"
        return [name, user.email or "", "".join(word[0] for word in name.split()[:2]).upper()]

    @display(description="role", label=ROLE_COLOURS, ordering="role")
    def role_label(self, user: User) -> tuple[str, str]:
        """The role, coloured."""
        return user.role, user.get_role_display()

    @admin.action(description="Suspend", permissions=["change"])
    @asks(LOCKED_OUT)
    def suspend(self, request: HttpRequest, queryset: QuerySet[User]) -> None:
        """Lock the chosen people out."""
        self.carry_out(request, queryset, administration.suspend_user, key="user_id", done="suspended")

    @admin.action(description="Let in again", permissions=["change"])
    @asks(LET_IN)
    def reactivate(self, request: HttpRequest, queryset: QuerySet[User]) -> None:
        """Lift the suspension of the chosen people."""
        self.carry_out(request, queryset, administration.reactivate_user, key="user_id", done="let in again")

    @action(description="Everything about this person", url_path="everything", permissions=["change"])
    def everything(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """What the platform keeps of somebody, on one page, to be looked at while helping them."""
        user = self.get_object(request, object_id)
        if user is None:
            raise Http404
        context = {
            **self.admin_site.each_context(request),
            "title": str(user),
            "person": user,
            "sections": tables(dossiers.read_all(user, most=MOST_SHOWN, for_staff=True)),
        }
        return TemplateResponse(request, "admin/dossier.html", context)

    @action(description="Suspend", permissions=["change"])
    @asks(LOCKED_OUT)
    def suspend_this(self, request: HttpRequest, user: User) -> None:
        """Lock this person out."""
        self.carry_out(request, [user], administration.suspend_user, key="user_id", done="suspended")

    @action(description="Let in again", permissions=["change"])
    @asks(LET_IN)
    def reactivate_this(self, request: HttpRequest, user: User) -> None:
        """Lift the suspension of this person."""
        self.carry_out(request, [user], administration.reactivate_user, key="user_id", done="let in again")

    @action(description="Delete for good", permissions=["change"])
    @asks("Their row is emptied, their login removed, and what they listed leaves the market. Nobody can undo it.")
    def delete_this(self, request: HttpRequest, user: User) -> None:
        """Empty the row of this suspended person and remove their login."""
        self.carry_out(request, [user], administration.delete_user, key="user_id", done="deleted for good")

    def store(self, request: HttpRequest, obj: Any, form: Any) -> None:
        """The role is all that is typed here."""
        if "role" in form.changed_data:
            administration.change_role(actor=actor_of(request), user_id=obj.pk, role=form.cleaned_data["role"])
