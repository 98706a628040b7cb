"""What staff pages have and nobody else: a wider content security policy, and the time of India."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from ghar import clock


class StaffPages:
    """Everything below /admin/ is read in India's time under STAFF_SECURITY_POLICY."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.path_info.startswith("/admin/"):
            return self.get_response(request)
        with timezone.override(clock.INDIA):
            response = self.get_response(request)
        response._csp_update = settings.STAFF_SECURITY_POLICY  # type: ignore[attr-defined]  # django-csp reads it
        return response
