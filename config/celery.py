"""The queue: `celery -A config.celery worker` and `celery -A config.celery beat`. Jobs are declared in `tasks.py`."""

import os
from typing import Any

from celery import Celery, bootsteps

from ghar import garbage

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")


class SpareWhatIsLoaded(bootsteps.Step):
    """Before a worker forks: looking through the application for garbage would copy it into each of its processes."""

    def create(self, parent: Any) -> None:
        """Called while the worker is put together, before any part of it starts."""
        garbage.spare_what_is_there()


app = Celery("ghar")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.steps["worker"].add(SpareWhatIsLoaded)
