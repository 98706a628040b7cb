"""The project's queue with the tests' jobs."""

from config.celery import app

app.conf.imports = ["tests.kernel.jobs.tasks"]
