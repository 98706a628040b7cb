from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class SchedulesConfig(AppConfig):
    """Jobs by the clock: their rows for the scheduler, their screens, and their door for schedulers outside."""

    name = "ghar.schedules"
    verbose_name = "Schedules"

    def ready(self) -> None:
        """Import the jobs of whatever is installed."""
        autodiscover_modules("tasks")
