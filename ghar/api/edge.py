"""What Django's middleware gives every answer, for answers that are given past it: streams, and requests refused early.

EDGE_MIDDLEWARE says which of the middleware that is. None of it waits for anything, so it may run on the loop.
"""

import io
from collections.abc import Callable
from functools import cache

from django.conf import settings
from django.core.handlers.wsgi import WSGIRequest
from django.http import HttpRequest, HttpResponse
from django.utils.module_loading import import_string

from ghar.api import failures
from ghar.asgi import replies
from ghar.asgi.environ import build_environ
from ghar.asgi.types import Scope
from ghar.errors import DomainError


def request_of(scope: Scope) -> HttpRequest:
    """Django's view of a request without its body."""
    return WSGIRequest(build_environ(scope, io.BytesIO(), None))


def through(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """The response with the headers of EDGE_MIDDLEWARE, which binds the request's id for the logs as well.

    A preflight is answered by it, whatever the response was.
    """
    request.answered_early = response  # type: ignore[attr-defined]
    return _chain()(request)


@cache
def _chain() -> Callable[[HttpRequest], HttpResponse]:
    """EDGE_MIDDLEWARE around the answer that a request has already. Made once: it is run while everybody waits."""

    def answer(request: HttpRequest) -> HttpResponse:
        response: HttpResponse = request.answered_early  # type: ignore[attr-defined]
        return response

    chain: Callable[[HttpRequest], HttpResponse] = answer
    for name in reversed(settings.EDGE_MIDDLEWARE):
        chain = import_string(name)(chain)
    return chain


def refuse(scope: Scope, error: DomainError) -> replies.Answer:
    """What Django would answer, had the request come so far."""
    request = request_of(scope)
    response = through(request, failures.respond(error, request))
    response.headers.pop("Content-Length")  # of a preflight; the sender counts
    return replies.Answer(response.status_code, replies.wire(response.headers), response.content)
