"""The queue: `celery -A config.celery worker` and `celery -A config.celery beat`. Jobs are declared in `tasks.py`."""

import gc
import os
from typing import Any

from celery import Celery
from celery.signals import worker_init

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

app = Celery("ghar")
app.config_from_object("django.conf:settings", namespace="CELERY")


@worker_init.connect
def spare_what_is_loaded(**_: Any) -> None:
    """Before the worker's processes are forked: looking through the application for garbage would copy it into each."""
    gc.collect()
    gc.freeze()
