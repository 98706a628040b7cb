"""Django with its static files as a WSGI application: alone for pure REST workers, else behind the bridge."""

import os

from django.core.wsgi import get_wsgi_application

from ghar.asgi.static import with_static

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
_django = get_wsgi_application()

from django.conf import settings  # noqa: E402 -- settings are ready once Django is set up

application = with_static(
    _django,
    prefix=settings.STATIC_URL,
    root=settings.STATIC_ROOT if settings.ENVIRONMENT == "production" else None,
)
