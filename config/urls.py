"""Every address: the platform's own, then each area's."""

from django.contrib import admin
from django.urls import path

from config.areas import modules
from ghar.api import failures
from ghar.observability import health, metrics

urlpatterns = [
    path("", health.root),
    path("health", health.health),
    path("health/live", health.live),
    path("health/ready", health.ready),
    path("ready", health.ready),
    path("config", health.config),
    path("api/v1/health", health.health),
    path("api/v1/ready", health.ready),
    path("metrics", metrics.page),
    path("admin/", admin.site.urls),
    *(pattern for area in modules("urls") for pattern in area.urlpatterns),
]

handler404 = failures.not_found
