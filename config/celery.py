"""The queue: `celery -A config.celery worker` and `celery -A config.celery beat`. Jobs are declared in `tasks.py`."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

app = Celery("ghar")
app.config_from_object("django.conf:settings", namespace="CELERY")
