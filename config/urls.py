"""Every address: the platform's own, then each area's."""

from django.conf import settings
from django.contrib import admin
from django.urls import path, re_path
from django.views.generic import RedirectView
from django.views.static import serve

from config.areas import modules
from config.routes import Routes
from ghar.api import docs, failures
from ghar.observability import health, metrics
from ghar.realtime import urls as realtime
from ghar.schedules.views import JobRun

entries = [
    path("", health.root),
    path("health", health.health),
    path("health/live", health.live),
    path("health/ready", health.ready),
    path("ready", health.ready),
    path("config", health.config),
    path("api/v1/health", health.health),
    path("api/v1/ready", health.ready),
    path("metrics", metrics.page),
    path("api/v1/jobs/<str:name>/run", JobRun.as_view()),
    path("admin", RedirectView.as_view(pattern_name="admin:index")),
    path("admin/", admin.site.urls),
    *(pattern for area in modules("urls") for pattern in area.urlpatterns),
    *docs.urlpatterns,
    *realtime.urlpatterns,
]

if settings.ENVIRONMENT != "production":  # there, nginx or the object storage serves uploaded files
    entries.append(path("media/<path:path>", serve, {"document_root": settings.MEDIA_ROOT}))

# Every other path, as a route of its own: in debug mode Django would answer with a page for people.
entries.append(re_path("", failures.not_found))

urlpatterns = [Routes(entries)]
