"""One id a request: taken from `X-Request-ID` when it is sane, made otherwise, in every log line and answer."""

from collections.abc import Callable

import structlog
from django.http import HttpRequest, HttpResponse

from ghar import request_ids


class RequestId:
    """Binds `request_id` for the request's logs and answers it in the header."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request_id = request_ids.of(request.META.get("HTTP_X_REQUEST_ID", ""))
        structlog.contextvars.clear_contextvars()
        structlog.contextvars.bind_contextvars(request_id=request_id)
        response = self.get_response(request)
        response.headers["X-Request-ID"] = request_id
        return response
