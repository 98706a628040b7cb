"""Django's own ASGI handler over the same project, for comparison with the bridge to its WSGI handler.

Garbage is collected as usual: it has connections in it of threads that are gone.
"""

import gc
import os

from django.core.asgi import get_asgi_application

from ghar import garbage

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
application = get_asgi_application()
gc.set_threshold(*garbage.USUAL)
