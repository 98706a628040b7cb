"""What surrounds the staff screens: the sign-in form, the sidebar and the dashboard, derived from the screens.

The theme's settings name these functions; a screen adds what needs somebody by `Screen.calls`, its figures by
`Screen.figures`, how things went by `Screen.courses`, and its symbol by `Screen.icon`.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import admin
from django.db.models import Model
from django.http import HttpRequest
from django.urls import reverse
from django.utils.module_loading import import_string
from unfold.forms import AuthenticationForm

from ghar import limits, phones
from ghar.actors import Actor
from ghar.errors import TooMany

ATTEMPTS = limits.Limit(10, 600)


@dataclass(frozen=True)
class Figure:
    """A number of the dashboard, with where to look at what it counts; `parts` break it down."""

    title: str
    value: int
    link: str
    icon: str = "monitoring"
    note: str = ""
    parts: tuple["Part", ...] = ()


@dataclass(frozen=True)
class Part:
    """One share of a figure; `percent` is of the largest, for its bar."""

    title: str
    value: int
    percent: int
    link: str

    @property
    def shown(self) -> str:
        """The value in words, since the theme leaves a number out that is 0."""
        return str(self.value)


DAYS = 30
"""How far back the dashboard looks."""


@dataclass(frozen=True)
class Course:
    """How many there were, day by day: (day, how many), the earliest first."""

    title: str
    days: Sequence[tuple[date, int]]
    link: str

    @property
    def total(self) -> int:
        """In all."""
        return sum(count for _, count in self.days)

    @property
    def most(self) -> int:
        """On one day."""
        return max((count for _, count in self.days), default=0)

    @property
    def chart(self) -> str:
        """As the theme draws it."""
        line = {"data": [count for _, count in self.days], "borderColor": "var(--color-primary-600)"}
        return json.dumps({"labels": [f"{day:%d %b}" for day, _ in self.days], "datasets": [line]})


@dataclass(frozen=True)
class Table:
    """Rows to look at: a title, the names of the columns, and the cells of each row."""

    title: str
    columns: list[str]
    rows: list[list[Any]]


def tables(sections: Mapping[str, Sequence[Mapping[str, Any]]]) -> list[Table]:
    """A table for each section of a dossier."""
    return [
        Table(
            _words(name), [_words(column) for column in rows[0]] if rows else [], [list(row.values()) for row in rows]
        )
        for name, rows in sections.items()
    ]


def _words(name: str) -> str:
    return name.replace("__", " ").replace("_", " ").capitalize()


def list_changes(actor: Actor, model: type[Model], row_id: Any) -> list[Any]:
    """What was changed of a row, the latest first, as the setting CHANGE_READER knows it; nothing without one, or for
    rows that have no number."""
    if not settings.CHANGE_READER or not isinstance(row_id, int):
        return []
    changes: list[Any] = import_string(settings.CHANGE_READER)(actor, table=model._meta.db_table, row_id=row_id)
    return changes


def parts(counts: list[tuple[str, int, str]]) -> tuple[Part, ...]:
    """(title, value, link) of each share, with bars measured against the largest."""
    most = max((value for _, value, _ in counts), default=0) or 1
    return tuple(Part(title, value, round(100 * value / most), link) for title, value, link in counts)


class SignInForm(AuthenticationForm):
    """Phone or email, and password. Ten failures in ten minutes for each name and for each address.

    A success ends the row of failures of its name. To its address it gives back no more than its own attempt, so that
    nobody guesses at others' passwords for longer by signing in as themselves in between.
    """

    def __init__(self, request: HttpRequest | None = None, *args: Any, **kwargs: Any) -> None:
        super().__init__(request, *args, **kwargs)
        self.fields["username"].label = "Phone or email"

    def clean_username(self) -> str:
        """A phone in the form that is stored; anything else as it is."""
        name: str = self.cleaned_data["username"].strip()
        try:
            return phones.normalise(name)
        except ValueError:
            return name.lower()

    def clean(self) -> dict[str, Any]:
        """Count the attempt before the password is looked at."""
        name = hashlib.sha256(self.cleaned_data.get("username", "").encode()).hexdigest()
        by_name = f"staff-sign-in:name:{name}"
        by_address = f"staff-sign-in:ip:{limits.client_address(self.request)}"
        try:
            for key in (by_name, by_address):
                limits.enforce(key, limits.configured("staff_sign_in", ATTEMPTS))
        except TooMany as refused:
            raise forms.ValidationError("Too many attempts. Try again in a few minutes.") from refused
        cleaned: dict[str, Any] = super().clean()
        limits.forget(by_name)
        limits.give_back(by_address)
        return cleaned


def sidebar(request: HttpRequest) -> list[dict[str, Any]]:
    """The dashboard, then each area with the screens that are open to who asks."""
    home = {"title": "Dashboard", "icon": "dashboard", "link": reverse("admin:index")}
    areas = [
        {"title": area["name"], "separator": True, "items": [_item(screen) for screen in area["models"]]}
        for area in admin.site.get_app_list(request)
    ]
    return [{"title": "", "items": [home]}, *areas]


def _item(screen: dict[str, Any]) -> dict[str, Any]:
    icon = getattr(admin.site.get_model_admin(screen["model"]), "icon", "table")
    return {"title": screen["name"], "icon": icon, "link": screen["admin_url"]}


def dashboard(request: HttpRequest, context: dict[str, Any]) -> dict[str, Any]:
    """What every screen tells that is open to who asks."""
    actor = Actor.of(request.user, via="admin")  # type: ignore[arg-type]  # the admin lets nobody anonymous in
    screens: list[Any] = [
        screen
        for screen in admin.site._registry.values()
        if hasattr(screen, "figures") and screen.has_view_permission(request)
    ]
    context["calls"] = [call for screen in screens for call in screen.calls(actor) if call.value]
    context["figures"] = [figure for screen in screens for figure in screen.figures(actor)]
    context["courses"] = [course for screen in screens for course in screen.courses(actor)]
    context["days"] = DAYS
    context["title"] = "Dashboard"
    return context
