"""The limit over all routes, for each client address. Health, documents and long streams are exempt."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from ghar import limits
from ghar.api import failures
from ghar.errors import TooMany

_EXEMPT = ("/health", "/ready", "/metrics", "/api/v1/docs", "/api/v1/redoc", "/api/v1/openapi", "/reference",
           "/openapi.", settings.STATIC_URL, settings.MEDIA_URL)  # fmt: skip
_EXEMPT_EXACT = frozenset({"/", "/docs", "/redoc"})


class GlobalRateLimit:
    """Counts a request against its address, and tells what remains.

    Redis is asked at once, and its verdict awaited just before the view.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self._limit = limits.Limit(settings.RATE_LIMIT, 60)

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path_info in _EXEMPT_EXACT or request.path_info.startswith(_EXEMPT):
            return self.get_response(request)
        call = limits.begin(f"global:{limits.client_address(request)}", self._limit)
        request.counted_call = call  # type: ignore[attr-defined]
        response = self.get_response(request)
        if limits.TOLD_BY not in response.headers:  # else of a tighter limit
            for name, value in limits.headers(self._limit, call.verdict).items():
                response.headers[name] = value
        return response

    def process_view(self, request: HttpRequest, *_view: Any) -> HttpResponse | None:
        """Called by Django before the view: refuses a request over the limit."""
        call = getattr(request, "counted_call", None)
        try:
            if call is not None:
                limits.insist(self._limit, call.verdict)
        except TooMany as refused:
            return failures.respond(refused, request)
        return None
