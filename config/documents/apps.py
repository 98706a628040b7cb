"""The generated reference. It stands on the top floor, because it tells of every area and of the settings."""

from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    name = "config.documents"
    verbose_name = "Reference"
