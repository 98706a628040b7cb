"""The content security policy: the settings' for pages, the strictest for data."""

from csp.constants import HEADER
from csp.middleware import CSPMiddleware
from django.http import HttpRequest
from django.http.response import HttpResponseBase

DATA = ("application/json", "text/event-stream")
DATA_POLICY = "default-src 'none'; frame-ancestors 'none'"
"""Data loads nothing and stands in no frame (OWASP REST Security Cheat Sheet, Security Headers)."""


class ContentPolicy(CSPMiddleware):
    """Data has a policy that never changes; putting a page's together anew would cost a fifth of a small answer."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        """Called by Django with every answer."""
        if not response.headers.get("Content-Type", "").startswith(DATA):
            return super().process_response(request, response)
        response.headers.setdefault(HEADER, DATA_POLICY)
        return response
