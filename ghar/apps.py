"""The kernel as a Django app, for its management commands and checks."""

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules

from ghar import notices


class GharConfig(AppConfig):
    """The kernel. It knows no area, and has one table: what was answered under an `Idempotency-Key`."""

    name = "ghar"
    verbose_name = "Ghar"

    def ready(self) -> None:
        """Import what registers itself, from whatever is installed: an area has handlers, tools, topics and types of
        notices by having the files.

        A tool or a type whose declaration cannot stand stops the start.
        """
        autodiscover_modules("handlers", "tools", "topics")
        notices.discover()
