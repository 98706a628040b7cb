"""Is it up, and can it work? Liveness touches nothing; readiness asks PostgreSQL and Redis."""

from dataclasses import asdict
from typing import Any

import structlog
from django.apps import apps
from django.conf import settings
from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse
from redis.exceptions import RedisError

from ghar import clock
from ghar.api.rendering import dumps
from ghar.db import faults
from ghar.embedding import port
from ghar.errors import RETRY_SOON
from ghar.lifespan import is_draining
from ghar.shared_redis import redis_client

log = structlog.get_logger(__name__)


def _answer(body: dict[str, Any], *, status: int = 200) -> HttpResponse:
    headers = {"Cache-Control": "no-store"} | (RETRY_SOON if status == 503 else {})
    return HttpResponse(dumps(body), status=status, content_type="application/json", headers=headers)


def _stamp() -> dict[str, Any]:
    return {"timestamp": clock.now(), "version": settings.APP_VERSION}


def live(request: HttpRequest) -> HttpResponse:
    """The process answers."""
    return _answer({"status": "alive", **_stamp()})


def health(request: HttpRequest) -> HttpResponse:
    """Always 200; touches no dependency. The shape that existing clients read, and what searches by meaning run on."""
    embedding = asdict(port.standing())
    return _answer({"status": "healthy", "startup_degraded": False, "embedding": embedding, **_stamp()})


def ready(request: HttpRequest) -> HttpResponse:
    """200 when a request could be served now; 503 while draining or while PostgreSQL is away.

    Redis alone does not make a process unready: without it limits are counted by each process for itself.
    """
    database, store = _database(), _redis()
    usable = database == "connected" and not is_draining()
    body = {"status": "ready" if usable else "unready", "database": database, "redis": store, **_stamp()}
    return _answer(body, status=200 if usable else 503)


def config(request: HttpRequest) -> HttpResponse:
    """What this deployment is made of. Its features are those that the installed areas name in their `apps.py`."""
    return _answer(
        {
            "api_version": settings.APP_VERSION,
            "environment": settings.ENVIRONMENT,
            "database": "PostgreSQL + PostGIS + pgvector",
            "auth": "Embedded" if settings.IDENTITY_EMBEDDED else "Supabase",
            "features": [name for area in apps.get_app_configs() for name in getattr(area, "features", ())],
        }
    )


def root(request: HttpRequest) -> HttpResponse:
    """The door sign."""
    return _answer(
        {
            "message": "Ghar Real Estate Platform API",
            "version": settings.APP_VERSION,
            "docs": "/api/v1/docs",
            "status": "running",
        }
    )


@faults.read_again_once
def _select_one() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")


def _database() -> str:
    try:
        _select_one()
    except DatabaseError as fault:
        log.warning("the database is away", error=str(fault))
        return "timeout" if faults.reason(fault) == "STATEMENT_TIMEOUT" else "disconnected"
    return "connected"


def _redis() -> str:
    try:
        redis_client().ping()
    except RedisError as fault:
        log.warning("redis is away", error=str(fault))
        return "disconnected"
    return "connected"
