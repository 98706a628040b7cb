"""`/x` and `/x/` are one address, without a redirect (which would lose the body and the Authorization header).

Routes are written without the slash. The staff pages keep Django's own habit. One mobile client doubles the
prefix, `/api/v1/api/v1/...`; it means the same.
"""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

_DOUBLED = "/api/v1/api/v1/"
_KEEP = ("/admin", settings.STATIC_URL, settings.MEDIA_URL)


class BothSlashForms:
    """Gives the router one form of the path."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        path = request.path_info
        if path.startswith(_DOUBLED):
            path = path.removeprefix("/api/v1")
        if path.endswith("/") and len(path) > 1 and not path.startswith(_KEEP):
            path = path.rstrip("/") or "/"
        request.path_info = path
        return self.get_response(request)
