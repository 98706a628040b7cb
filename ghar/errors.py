"""What can go wrong, named once, and the one envelope that every transport renders.

A service raises a `DomainError` named after the case (`class SlotTaken(Conflict)`); the edges turn it into
HTTP, tool results or frames. Nobody else decides a status.
"""

from typing import Any

RETRY_SOON = {"Retry-After": "5"}


class DomainError(Exception):
    """A refusal with a stable `code`, a sentence for people, an HTTP `status` and optional `details`."""

    status = 400
    code = "BAD_REQUEST"
    message = "The request cannot be carried out."

    def __init__(
        self,
        message: str | None = None,
        *,
        code: str | None = None,
        details: Any = None,
        headers: dict[str, str] | None = None,
    ) -> None:
        self.message = message or self.message
        self.code = code or self.code
        self.details = details
        self.headers = headers or {}
        super().__init__(self.message)


class BadRequest(DomainError):
    """400: understood, and not possible."""


class NotSignedIn(DomainError):
    """401: no usable token. The client may refresh once and repeat."""

    status = 401
    code = "UNAUTHORIZED"
    message = "Sign in to continue."

    def __init__(self, message: str | None = None, **rest: Any) -> None:
        super().__init__(message, **rest)
        self.headers.setdefault("WWW-Authenticate", "Bearer")


class NotAllowed(DomainError):
    """403: signed in, and not permitted."""

    status = 403
    code = "FORBIDDEN"
    message = "You may not do this."


class NotFound(DomainError):
    """404: there is no such thing, or it is not for this actor to know."""

    status = 404
    code = "NOT_FOUND"
    message = "Not found."


class Conflict(DomainError):
    """409: another fact stands against it."""

    status = 409
    code = "CONFLICT"
    message = "This conflicts with what is there already."


class TooLarge(DomainError):
    """413: the body is over the limit."""

    status = 413
    code = "FILE_TOO_LARGE"
    message = "The body is too large."


class BodyTooLarge(TooLarge):
    """413: a body without files is over the limit for those."""

    code = "BODY_TOO_LARGE"


class Invalid(DomainError):
    """422: a value is wrong. `fields` lists `{loc, msg, type}`, the shape clients already read."""

    status = 422
    code = "VALIDATION_ERROR"
    message = "The request is not valid."

    def __init__(self, message: str | None = None, *, fields: list[dict[str, Any]] | None = None, **rest: Any) -> None:
        super().__init__(message, **rest)
        self.fields = fields or []
        if self.fields and self.details is None:
            self.details = self.fields

    @classmethod
    def field(cls, name: str, message: str, *, where: str = "body", kind: str = "value_error") -> "Invalid":
        """One wrong field."""
        return cls(message, fields=[{"loc": [where, name], "msg": message, "type": kind}])


class TooMany(DomainError):
    """429: over a limit; `Retry-After` says when to come back."""

    status = 429
    code = "RATE_LIMIT_EXCEEDED"
    message = "Rate limit exceeded"


class UpstreamFailed(DomainError):
    """502: a service outside answered wrongly."""

    status = 502
    code = "EXTERNAL_SERVICE_ERROR"
    message = "An outside service failed."


class Unavailable(DomainError):
    """503: nothing is wrong with the request; try again soon."""

    status = 503
    code = "SERVICE_UNAVAILABLE"
    message = "Service temporarily unavailable. Please retry."

    def __init__(self, message: str | None = None, **rest: Any) -> None:
        super().__init__(message, **rest)
        self.headers.setdefault("Retry-After", RETRY_SOON["Retry-After"])


class InternalError(DomainError):
    """500: ours. The text of the cause stays in the log."""

    status = 500
    code = "INTERNAL_ERROR"
    message = "An unexpected error occurred"


CODES_BY_STATUS = {
    400: "BAD_REQUEST",
    401: "UNAUTHORIZED",
    403: "FORBIDDEN",
    404: "NOT_FOUND",
    405: "METHOD_NOT_ALLOWED",
    406: "NOT_ACCEPTABLE",
    409: "CONFLICT",
    413: "FILE_TOO_LARGE",
    415: "UNSUPPORTED_MEDIA_TYPE",
    422: "VALIDATION_ERROR",
    429: "RATE_LIMIT_EXCEEDED",
    500: "INTERNAL_ERROR",
    502: "EXTERNAL_SERVICE_ERROR",
    503: "SERVICE_UNAVAILABLE",
}


def code_for(status: int) -> str:
    """The code of a status that nobody named more closely."""
    return CODES_BY_STATUS.get(status, f"HTTP_{status}")


def envelope(error: DomainError, *, path: str | None = None) -> dict[str, Any]:
    """The wire's one error body.

    `error` is what new clients read; `detail` repeats it as a string, or as the list of wrong fields of a
    validation error, because existing clients read that. `path` is given in debug mode only.
    """
    inner: dict[str, Any] = {"code": error.code, "message": _spoken(error)}
    if error.details:
        inner["details"] = error.details
    if path:
        inner["path"] = path
    fields = getattr(error, "fields", None)
    return {"error": inner, "detail": fields or inner["message"]}


def _spoken(error: DomainError) -> str:
    """The message; for 401 and 403 with its code, on which existing clients match as a substring."""
    if error.status in (401, 403) and error.code != code_for(error.status):
        return f"{error.message} ({error.code})"
    return error.message
