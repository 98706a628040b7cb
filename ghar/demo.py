"""Demo data of every installed app that has some: a module `services.demo` with the functions called here.

`system_load_demo(progress)` adds what is missing and `system_clear_demo(progress)` takes it away; both answer how
many of what. `system_demo_sign_ins()` is optional: (part, phone, email, password) of those who can sign in.
"""

import importlib
from collections.abc import Iterator
from types import ModuleType

from django.apps import apps
from django.conf import settings
from django.utils.module_loading import module_has_submodule

from ghar.errors import NotAllowed
from ghar.progress import Progress

Counts = dict[str, int]


class DemoRefused(NotAllowed):
    """Demo sign-ins have public passwords, so production gets them only when somebody insists."""

    message = "This is production, and demo sign-ins have public passwords. Add --i-know if you mean it."


def load(progress: Progress, *, insist: bool = False) -> Counts:
    """Load the demo data of every app, ground floor first. Raises DemoRefused in production."""
    if settings.ENVIRONMENT == "production" and not insist:
        raise DemoRefused
    counts: Counts = {}
    for module in _modules():
        counts |= module.system_load_demo(progress)
    return counts


def clear(progress: Progress) -> Counts:
    """Remove the demo data of every app, top floor first."""
    counts: Counts = {}
    for module in reversed(list(_modules())):
        counts |= module.system_clear_demo(progress)
    return counts


def sign_ins() -> list[tuple[str, str, str, str]]:
    """(part, phone, email, password) of the demo people that are loaded."""
    return [
        sign_in
        for module in _modules()
        if hasattr(module, "system_demo_sign_ins")
        for sign_in in module.system_demo_sign_ins()
    ]


def _modules() -> Iterator[ModuleType]:
    """`services.demo` of the apps that have one, in the order of INSTALLED_APPS."""
    for config in apps.get_app_configs():
        if config.module is None or not module_has_submodule(config.module, "services"):
            continue
        services = importlib.import_module(f"{config.name}.services")
        if module_has_submodule(services, "demo"):
            yield importlib.import_module(f"{config.name}.services.demo")
