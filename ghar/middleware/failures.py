"""What a view raises becomes the envelope, inside every other middleware: even a 500 has its id and CORS headers."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from ghar.api import failures


class Failures:
    """Answers exceptions that no view handled."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Called by Django with what a view raised. The staff's pages keep Django's own, for people."""
        return None if request.path_info.startswith("/admin") else failures.report(exception, request)
