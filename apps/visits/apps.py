from django.apps import AppConfig


class VisitsConfig(AppConfig):
    name = "apps.visits"
    verbose_name = "Visits"
    features = ("Visit Scheduling",)
