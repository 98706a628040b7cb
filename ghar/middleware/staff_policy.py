"""What the staff pages need beyond the site's content security policy, and nobody else gets."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse


class StaffPolicy:
    """Widens the policy of everything below /admin/ by STAFF_SECURITY_POLICY."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.path_info.startswith("/admin/"):
            response._csp_update = settings.STAFF_SECURITY_POLICY  # type: ignore[attr-defined]  # django-csp reads it
        return response
