"""Failures in the protocol's two forms: with `X-Supabase-Api-Version` since 2024-01-01, and the older one."""

from typing import Any

from django.http import HttpRequest

from ghar.errors import DomainError, InternalError, Invalid, TooMany

VERSION_HEADER = "X-Supabase-Api-Version"
VERSION = "2024-01-01"


def speaks_new_form(request: HttpRequest) -> bool:
    """Did the client ask for string codes? Versions are dates, which compare as text."""
    return request.META.get("HTTP_X_SUPABASE_API_VERSION", "") >= VERSION


def rendered(error: DomainError, request: HttpRequest) -> tuple[int, dict[str, Any], dict[str, str]]:
    """Status, body and headers of a failure below `/auth/v1/`."""
    status, code = _named(error)
    extra = {"weak_password": {"reasons": error.details}} if code == "weak_password" else {}
    message = _message(error)
    if speaks_new_form(request):
        return status, {"code": code, "message": message, **extra}, {**error.headers, VERSION_HEADER: VERSION}
    return status, {"code": status, "error_code": code, "msg": message, **extra}, error.headers


def _named(error: DomainError) -> tuple[int, str]:
    """The protocol answers bad input with 400 and has names of its own for what the kernel raises."""
    if isinstance(error, Invalid):
        broken = any(field["type"] == "json_invalid" for field in error.fields)
        return 400, "bad_json" if broken else "validation_failed"
    if isinstance(error, TooMany) and error.code == TooMany.code:
        return error.status, "over_request_rate_limit"
    if isinstance(error, InternalError):
        return error.status, "unexpected_failure"
    return error.status, error.code.lower()


def _message(error: DomainError) -> str:
    """The sentence; for bad input every wrong field by name."""
    fields = getattr(error, "fields", None) or []
    return "; ".join(_about(field) for field in fields) or error.message


def _about(field: dict[str, Any]) -> str:
    name = ".".join(str(part) for part in field["loc"][1:])
    return f"{name}: {field['msg']}" if name else str(field["msg"])
