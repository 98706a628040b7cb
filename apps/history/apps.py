from django.apps import AppConfig

from ghar.db import signing


class HistoryConfig(AppConfig):
    name = "apps.history"
    verbose_name = "History"

    def ready(self) -> None:
        """What is written to these tables is signed by whoever writes it."""
        signing.sign_writes_to(TABLES)


TABLES = (
    "properties", "users", "visits", "agents", "pages", "faqs", "app_versions", "bug_reports",
)  # fmt: skip
"""The tables with a history; the triggers of the migrations keep it."""
