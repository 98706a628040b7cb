"""Asking an image provider: once more after a fault that may pass, and never longer than agreed."""

import time
from typing import Any

import httpx2
import structlog

from apps.studio.gateways.port import GenerationFailed, GenerationTimedOut, QuotaExceeded
from ghar import http

log = structlog.get_logger(__name__)

PAUSE_S = 2.0
_LEAST_S = 5.0
"""It is not asked again when less time than this is left."""


def post(url: str, *, seconds: float, **request: Any) -> dict[str, Any]:
    """The JSON object that it answers. Raises GenerationFailed, GenerationTimedOut, QuotaExceeded."""
    ends = time.monotonic() + seconds
    answer = _try(url, seconds, request)
    if _may_pass(answer) and ends - time.monotonic() > PAUSE_S + _LEAST_S:
        time.sleep(PAUSE_S)
        answer = _try(url, ends - time.monotonic(), request)
    return _read(answer)


def _try(url: str, seconds: float, request: dict[str, Any]) -> httpx2.Response | httpx2.HTTPError:
    try:
        return http.client("studio").post(url, timeout=seconds, **request)
    except httpx2.HTTPError as fault:
        return fault


def _may_pass(answer: httpx2.Response | httpx2.HTTPError) -> bool:
    if isinstance(answer, httpx2.Response):
        return answer.status_code == httpx2.codes.TOO_MANY_REQUESTS or answer.is_server_error
    return not isinstance(answer, httpx2.TimeoutException)


def _read(answer: httpx2.Response | httpx2.HTTPError) -> dict[str, Any]:
    """What the provider says of a failure goes to the log and to nobody else."""
    if isinstance(answer, httpx2.TimeoutException):
        raise GenerationTimedOut
    if isinstance(answer, httpx2.HTTPError):
        log.warning("an image provider is away", error=repr(answer))
        raise GenerationFailed
    if not answer.is_success:
        log.warning("an image provider refused", status=answer.status_code, said=answer.text[:500])
        raise QuotaExceeded if answer.status_code == httpx2.codes.TOO_MANY_REQUESTS else GenerationFailed
    return _object(answer)


def _object(answer: httpx2.Response) -> dict[str, Any]:
    try:
        body = answer.json()
    except ValueError as wrong:
        raise GenerationFailed from wrong
    if not isinstance(body, dict):
        raise GenerationFailed
    return body
