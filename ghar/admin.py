"""The base of every staff screen: who may use it is declared, its writes go through services, its lists stay cheap.

@admin.register(User)
class UserScreen(Screen):
    access = {"view": Staff.STAFF, "add": Staff.NOBODY, "change": Staff.ADMINS, "delete": Staff.NOBODY}

    @admin.action(description="Suspend", permissions=["change"])
    @asks("They are locked out of everything at once.")
    def suspend(self, request, queryset):
        self.carry_out(request, queryset, administration.suspend_user, key="user_id", done="suspended")
"""

from collections.abc import Callable, Iterable, Mapping
from enum import Enum
from typing import Any, ClassVar

from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied
from django.db.models import Model, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from unfold.admin import ModelAdmin, StackedInline, TabularInline

from ghar import asking
from ghar.actors import Actor, Role
from ghar.db import signing
from ghar.errors import DomainError
from ghar.staff import Course, Figure, list_changes

ACTIONS = ("view", "add", "change", "delete")

if admin.site.is_registered(Group):
    admin.site.unregister(Group)  # roles are the platform's; Django's groups grant nothing here


class Staff(Enum):
    """Who may do one thing on a screen. Roles are not a ladder: an admin is not an agent."""

    NOBODY = ()
    ADMINS = (Role.ADMIN,)
    AGENTS = (Role.AGENT,)
    STAFF = (Role.ADMIN, Role.AGENT)

    def admits(self, user: Any) -> bool:
        """May this user do what is declared so?"""
        return bool(user.is_active) and getattr(user, "role", None) in self.value


def actor_of(request: HttpRequest) -> Actor:
    """The staff member behind a request to a screen."""
    return Actor.of(request.user, via="admin")  # type: ignore[arg-type]  # the admin lets nobody anonymous in


class Declared:
    """Permissions that follow from `access`. A screen that does not declare all four, and what else it can do (`ALSO`),
    is refused when it is made."""

    access: ClassVar[Mapping[str, Staff]]
    ALSO: ClassVar[tuple[str, ...]] = ()

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        wanted = (*ACTIONS, *cls.ALSO)
        if cls.__module__ != __name__ and set(getattr(cls, "access", ())) != set(wanted):
            raise TypeError(f"{cls.__module__}.{cls.__name__}: access must declare {', '.join(wanted)}")

    def has_view_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Whoever may change something may see it."""
        return any(self.access[name].admits(request.user) for name in ("view", "change"))

    def has_add_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """As declared."""
        return self.access["add"].admits(request.user)

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """As declared."""
        return self.access["change"].admits(request.user)

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """As declared."""
        return self.access["delete"].admits(request.user)

    def has_module_permission(self, request: HttpRequest) -> bool:
        """The index lists what can be opened."""
        return any(who.admits(request.user) for who in self.access.values())


class Screen(Declared, ModelAdmin):
    """A screen. Its lists stay cheap at hundreds of thousands of rows: name what they join in `list_select_related`."""

    object_history_template = "admin/history.html"
    icon = "table"  # a Material symbol, for the sidebar
    list_per_page = 50
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER
    list_filter_submit = True
    warn_unsaved_form = True

    def visible_to(self, actor: Actor) -> Q:
        """The rows that this actor may see here; all of them unless a screen narrows it."""
        return Q()

    def describe(self, row: Any) -> str:
        """What a row is called where staff are asked about it."""
        return str(row)

    def calls(self, actor: Actor) -> list[Figure]:
        """What needs somebody now. Of a figure of 0 nothing is said."""
        return []

    def courses(self, actor: Actor) -> list[Course]:
        """How things went, day by day."""
        return []

    def figures(self, actor: Actor) -> list[Figure]:
        """What this screen tells on the dashboard."""
        return []

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """What the actor may see; a row outside it is not found."""
        rows: QuerySet[Any] = super().get_queryset(request)
        return rows.filter(self.visible_to(actor_of(request)))

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Django would tell a row that is there from one that is not before it asks who wants to know."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        row = self.get_object(request, unquote(object_id))
        changes = list_changes(actor_of(request), self.model, row.pk) if row else []
        answer: HttpResponse = super().history_view(request, object_id, {**(extra_context or {}), "changes": changes})
        return answer

    def delete_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """As Django has it, signed by whoever deletes."""
        with signing.signed(actor_of(request)):
            answer: HttpResponse = super().delete_view(request, object_id, extra_context)
            return answer

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """Actions are signed by whoever carries them out."""
        with signing.signed(actor_of(request)):
            answer: HttpResponse = super().changelist_view(request, extra_context)
            return answer

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """A service's refusal is shown on the form, as it was typed, and nothing has been written. A button of the
        submit line does what it says and stores nothing of the form."""
        pressed = self._find_pressed(request, object_id)
        if pressed is not None:
            return self._press(request, *pressed)
        try:
            with signing.signed(actor_of(request)):
                answer: HttpResponse = super().changeform_view(request, object_id, form_url, extra_context)
        except DomainError as refusal:
            if request.method != "POST":
                raise
            request.refusal = refusal  # type: ignore[attr-defined]  # `get_form` tells it where it belongs
            answer = super().changeform_view(request, object_id, form_url, extra_context)
        return answer

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        """With a service's refusal of what was typed among its errors."""
        form = super().get_form(request, obj, change=change, **kwargs)
        refusal = getattr(request, "refusal", None)
        return form if refusal is None else _refused(form, refusal)

    def store(self, request: HttpRequest, obj: Any, form: Any) -> None:
        """Write a valid form. A screen whose fields have rules overrides this and calls its service."""
        obj.save()

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Write the form."""
        self.store(request, obj, form)

    def _find_pressed(self, request: HttpRequest, object_id: str | None) -> tuple[Any, Model] | None:
        """The button of the submit line that was pressed, and of which row."""
        if request.method != "POST" or object_id is None or not self.has_change_permission(request):
            return None
        buttons = self.get_actions_submit_line(request, object_id)
        pressed = next((one for one in buttons if one.action_name in request.POST), None)
        row = self.get_object(request, unquote(object_id)) if pressed else None
        return (pressed, row) if row else None

    def _press(self, request: HttpRequest, pressed: Any, row: Model) -> HttpResponse:
        if hasattr(pressed.method, "question"):
            asked = asking.ask(self, request, pressed.method, [row], button=pressed.action_name)
            if asked is not None:
                return asked
        with signing.signed(actor_of(request)):
            pressed.method(request, row)
        done: HttpResponse = self.response_post_save_change(request, row)
        return done

    def carry_out(
        self, request: HttpRequest, rows: Iterable[Model], service: Callable[..., Any], *, key: str, done: str
    ) -> None:
        """Call a service for each chosen row, which it is given as `key=<id>`.

        Every call stands alone: a refusal becomes a message and the others go on. `done` is the past participle
        of the summary ("suspended"), and is written to the row's history.
        """
        count = 0
        for row in rows:
            try:
                service(actor=actor_of(request), **{key: row.pk})
            except DomainError as refusal:
                self.message_user(request, f"{row}: {refusal.message}", messages.ERROR)
                continue
            self.log_change(request, row, done)
            count += 1
        if count:
            self.message_user(request, f"{count} {done}.", messages.SUCCESS)


def _refused(form: Any, refusal: DomainError) -> Any:
    """The form, which is wrong as the refusal says: at the fields that it names, else as a whole."""

    class Refused(form):
        def clean(self) -> Any:
            cleaned = super().clean()
            for name, message in _told(refusal):
                self.add_error(name if name in self.fields else None, message)
            return cleaned

    return Refused


def _told(refusal: DomainError) -> list[tuple[str | None, str]]:
    """What is wrong, after the name of the field that it is about, or None. Nested fields count as the outermost."""
    fields = getattr(refusal, "fields", None)
    if not fields:
        return [(None, refusal.message)]
    return [(next(iter(fault["loc"][1:]), None), fault["msg"]) for fault in fields]


class OneChoiceFilter(admin.SimpleListFilter):
    """Beside a list: all rows, or those of one `choice` (its value in the address, and its words)."""

    choice: ClassVar[tuple[str, str]]

    def chosen(self) -> Q:
        """Which rows are shown when it was chosen."""
        raise NotImplementedError

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """The one choice beside all."""
        return [self.choice]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """Narrowed when it was chosen."""
        return queryset.filter(self.chosen()) if self.value() == self.choice[0] else queryset


class Rows(Declared, TabularInline):
    """Rows of another table inside a screen, one a line."""

    extra = 0


class Cards(Declared, StackedInline):
    """Rows of another table inside a screen, one a block."""

    extra = 0
