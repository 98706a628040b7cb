"""The kernel as a Django app, for its management commands and checks."""

from django.apps import AppConfig


class GharConfig(AppConfig):
    """The kernel. It knows no area and has no tables."""

    name = "ghar"
    verbose_name = "Ghar"
