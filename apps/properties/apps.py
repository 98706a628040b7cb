from django.apps import AppConfig


class PropertiesConfig(AppConfig):
    name = "apps.properties"
    verbose_name = "Properties"
    features = ("Property Discovery", "Location-based Search")
