"""The kernel as a Django app, for its management commands and checks."""

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class GharConfig(AppConfig):
    """The kernel. It knows no area and has no tables."""

    name = "ghar"
    verbose_name = "Ghar"

    def ready(self) -> None:
        """Import what registers itself, from whatever is installed: an area announces its handlers by having them.

        A tool whose declaration cannot stand stops the start.
        """
        autodiscover_modules("handlers", "tools")
