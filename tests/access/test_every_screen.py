"""Every staff screen, opened by everybody: who gets in is what the screen declares."""

from typing import Any

import pytest
from django.contrib import admin
from django.contrib.admin import ModelAdmin
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import URLPattern, reverse

from apps.accounts.models import User
from ghar.admin import Declared, Screen, Staff
from tests.access.expectations import ANONYMOUS, SUSPENDED
from tests.access.surface import filled

STAFF = frozenset({"admin", "agent", "other_agent"})
IN, REFUSED, SIGN_IN = "let in", "refused", "sent to the sign-in form"
WRITES = ("INSERT", "UPDATE", "DELETE")
NOBODY_THERE = "987654321"
SCREENS = [pytest.param(screen, id=model._meta.label) for model, screen in admin.site._registry.items()]


def browsers(cast: Any) -> dict[str, Client]:
    """Everybody of the cast, an agent who was suspended after signing in, and nobody in particular."""
    people = {**cast.everyone(), SUSPENDED: cast.seeker}
    User.objects.filter(pk=cast.seeker.pk).update(role="agent", is_active=True)
    clients = {name: Client() for name in people}
    for name, client in clients.items():
        client.force_login(people[name])
    User.objects.filter(pk=cast.seeker.pk).update(is_active=False)
    del clients["seeker"]
    return {ANONYMOUS: Client(), **clients}


def expected(who: str, admitted: Any) -> str:
    """What a declaration means for this person."""
    if who not in STAFF:
        return SIGN_IN
    role = "admin" if who == "admin" else "agent"
    return IN if role in admitted else REFUSED


def opened(client: Client, method: str, path: str) -> tuple[str, list[str]]:
    """What happened, and the statements that wrote something."""
    with CaptureQueriesContext(connection) as captured:
        answer = client.generic(method, path)
    written = [query["sql"] for query in captured if query["sql"].upper().startswith(WRITES)]
    if answer.status_code == 403:
        return REFUSED, written
    sent_away = answer.status_code == 302 and answer["Location"].startswith(reverse("admin:login"))
    return (SIGN_IN if sent_away else IN), written


def findings(screen: Any, action: str, method: str, path: str, clients: dict[str, Client]) -> list[str]:
    """Where what happened differs from what was declared, a line each."""
    admitted = {role for name in _opens(action) for role in screen.access[name].value}
    found = []
    for who, client in clients.items():
        happened, written = opened(client, method, path)
        if happened != expected(who, admitted):
            found.append(f"{method} {path} declares {sorted(admitted)} for {action}, but {who} was {happened}")
        if happened != IN and written:
            found.append(f"{method} {path} refused {who} after writing {written}")
    return found


def _opens(action: str) -> tuple[str, ...]:
    """Whoever may change a row may look at it."""
    return ("view", "change") if action == "view" else (action,)


def address(screen: Any, name: str, *arguments: str) -> str:
    """The path of one of Django's own pages of a screen."""
    options = screen.model._meta
    return reverse(f"admin:{options.app_label}_{options.model_name}_{name}", args=arguments)


@pytest.mark.parametrize("screen", SCREENS)
def test_the_pages_of_a_screen_are_as_declared(screen, cast):
    pages = [
        ("view", "GET", address(screen, "changelist")),
        ("view", "GET", address(screen, "change", NOBODY_THERE)),
        ("view", "GET", address(screen, "history", NOBODY_THERE)),
        ("add", "GET", address(screen, "add")),
        ("add", "POST", address(screen, "add")),
        ("change", "POST", address(screen, "change", NOBODY_THERE)),
        ("delete", "GET", address(screen, "delete", NOBODY_THERE)),
        ("delete", "POST", address(screen, "delete", NOBODY_THERE)),
    ]
    pages += [(also, method, address(screen, also)) for also in screen.ALSO for method in ("GET", "POST")]
    if "import" in screen.ALSO:
        pages.append(("import", "POST", address(screen, "process_import")))
    clients = browsers(cast)
    assert [line for page in pages for line in findings(screen, *page, clients)] == []


@pytest.mark.parametrize("screen", SCREENS)
def test_every_address_of_a_screen_is_closed_to_whoever_may_not_look(screen, cast):
    clients = browsers(cast)
    looking = {role for name in ("view", "change") for role in screen.access[name].value}
    outside = {who: client for who, client in clients.items() if expected(who, looking) != IN}
    base = address(screen, "changelist")
    for pattern in _patterns(screen):
        for who, client in outside.items():
            path = base + filled(str(pattern.pattern))
            assert opened(client, "GET", path) == (expected(who, looking), []), (path, who)


def _patterns(screen: Any) -> list[URLPattern]:
    """All but Django's old form of a row's address, which sends on to the new one."""
    return [pattern for pattern in screen.get_urls() if pattern.name or "object_id" not in str(pattern.pattern)]


def undeclared(registry: dict[Any, Any]) -> list[str]:
    """Screens, and rows inside screens, that say nothing about who may use them."""
    screens = {kind for screen in registry.values() for kind in (type(screen), *screen.inlines)}
    return sorted(kind.__name__ for kind in screens if not issubclass(kind, Declared))


def test_every_screen_declares_who_may_use_it():
    assert undeclared(admin.site._registry) == []


class Foreign(ModelAdmin):
    """A screen that declares nothing."""


def test_a_screen_without_a_declaration_is_found():
    assert undeclared({**admin.site._registry, "planted": Foreign(User, admin.site)}) == ["Foreign"]


class Wide(Screen):
    """Says that nobody looks, and lets every admin and agent look."""

    access = dict.fromkeys(("view", "add", "change", "delete"), Staff.NOBODY)

    def has_view_permission(self, request: Any, obj: Any = None) -> bool:
        return True


def test_a_screen_wider_than_declared_is_found(cast, monkeypatch):
    screen = Wide(User, admin.site)
    monkeypatch.setattr(type(admin.site._registry[User]), "has_view_permission", Wide.has_view_permission)
    found = findings(screen, "view", "GET", address(screen, "changelist"), browsers(cast))
    assert [line.rpartition("but ")[2] for line in found] == [
        "agent was let in",
        "other_agent was let in",
        "admin was let in",
    ]
