"""The kernel as a Django app, for its management commands and checks."""

from pathlib import Path

from django.apps import AppConfig, apps
from django.utils.module_loading import autodiscover_modules

from ghar import notices


class GharConfig(AppConfig):
    """The kernel. It knows no area, and has one table: what was answered under an `Idempotency-Key`."""

    name = "ghar"
    verbose_name = "Ghar"

    def ready(self) -> None:
        """Import what registers itself, from whatever is installed: an area has handlers, tools, topics, staff screens
        and types of notices by having the files.

        A tool or a type whose declaration cannot stand stops the start.
        """
        autodiscover_modules("handlers", "topics", *_parts("tools"), *_parts("admin"))
        notices.discover()


def _parts(name: str) -> list[str]:
    """A module by name, and for areas where it became a package, the files in it."""
    found = {name}
    for app in apps.get_app_configs():
        if app.name.startswith("apps."):
            found |= {f"{name}.{file.stem}" for file in Path(app.path, name).glob("*.py") if file.stem != "__init__"}
    return sorted(found)
