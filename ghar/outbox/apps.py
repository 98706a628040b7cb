from django.apps import AppConfig


class OutboxConfig(AppConfig):
    """What is still to follow from what happened: its rows, their jobs, their screen."""

    name = "ghar.outbox"
    verbose_name = "Outbox"
