"""Every failure as the one envelope: DRF's, Django's, the database's, and ours."""

from collections.abc import Callable
from functools import cache
from typing import Any

import structlog
from django.conf import settings
from django.core.exceptions import PermissionDenied, RequestDataTooBig, SuspiciousOperation
from django.db import DatabaseError
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.module_loading import import_string
from rest_framework import exceptions as drf
from rest_framework.response import Response

from ghar import errors
from ghar.api import parsing
from ghar.api.rendering import dumps
from ghar.db import faults
from ghar.errors import DomainError

log = structlog.get_logger(__name__)

Rendered = tuple[int, dict[str, Any], dict[str, str]]
Dialect = Callable[[DomainError, HttpRequest], Rendered]


class CsrfFailed(errors.NotAllowed):
    """A form of a staff page came without its token, or after it had ended."""

    code = "CSRF_FAILED"


def handle(exc: Exception, context: dict[str, Any]) -> Response:
    """DRF's exception handler."""
    request = context["request"]
    error = understood(exc, endpoint=request.path)
    if error is None:
        raise exc
    status, body, headers = _rendered(error, request)
    answer = Response(body, status=status, headers=headers)
    answer.exception = True
    return answer


def respond(error: DomainError, request: HttpRequest) -> HttpResponse:
    """A failure as a plain Django response, for middleware and for routes outside DRF."""
    status, body, headers = _rendered(error, request)
    return HttpResponse(dumps(body), status=status, content_type="application/json", headers=headers)


def _rendered(error: DomainError, request: HttpRequest) -> Rendered:
    """Status, body and headers: the envelope, or what a foreign protocol below its own prefix asks for."""
    for prefix, dialect in _dialects().items():
        if request.path.startswith(prefix):
            return dialect(error, request)
    return error.status, errors.envelope(error, path=_path(request)), error.headers


@cache
def _dialects() -> dict[str, Dialect]:
    return {prefix: import_string(name) for prefix, name in settings.ERROR_DIALECTS.items()}


def understood(exc: Exception, *, endpoint: str) -> DomainError | None:
    """The domain error behind any exception that is not a bug of ours; None for a bug."""
    if isinstance(exc, DomainError):
        return exc
    if isinstance(exc, DatabaseError):
        return faults.as_unavailable(exc, endpoint=endpoint)
    if isinstance(exc, drf.APIException):
        return _from_drf(exc)
    return _from_django(exc)


def _from_django(exc: Exception) -> DomainError | None:
    if isinstance(exc, Http404):
        return errors.NotFound()
    if isinstance(exc, PermissionDenied):
        return errors.NotAllowed()
    if isinstance(exc, RequestDataTooBig):
        return errors.BodyTooLarge()
    if isinstance(exc, (SuspiciousOperation, UnicodeDecodeError)):
        return errors.BadRequest("The request is malformed.")
    return None


def _from_drf(exc: drf.APIException) -> DomainError:
    if isinstance(exc, drf.ValidationError):
        return errors.Invalid(fields=parsing.flatten(exc.detail, ["body"]))
    if isinstance(exc, drf.ParseError):
        message = str(exc.detail)
        return errors.Invalid(message, fields=[{"loc": ["body"], "msg": message, "type": "json_invalid"}])
    return with_status(exc.status_code, str(exc.detail))


def with_status(status: int, message: str) -> DomainError:
    """An error that only a framework names: 405, 415 and their like."""
    error = DomainError(message, code=errors.code_for(status))
    error.status = status
    return error


def report(exc: Exception, request: HttpRequest) -> HttpResponse:
    """The answer to any exception that reached the outermost layer; a bug is logged and sent to Sentry there."""
    error = understood(exc, endpoint=request.path)
    if error is None:
        log.error("unhandled exception", path=request.path, method=request.method, exc_info=exc)
        error = errors.InternalError(str(exc) if settings.DEBUG else None)
    return respond(error, request)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """No route."""
    return respond(errors.NotFound("There is no such path."), request)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form of a staff page came without its token."""
    return respond(CsrfFailed(f"CSRF verification failed. {reason}".strip()), request)


def _path(request: HttpRequest) -> str | None:
    return request.path if settings.DEBUG else None
