"""How a process connects to PostgreSQL: by its role, behind a pooler or not, kept open or not."""

from enum import StrEnum
from typing import Any

import environ


class Role(StrEnum):
    """`web` answers people and has short statements; `background` runs jobs and commands."""

    WEB = "web"
    BACKGROUND = "background"


def connection_settings(
    *,
    url: str,
    role: Role,
    statement_timeout_ms: int,
    connect_timeout_s: int,
    max_age_s: int,
    pgbouncer: bool,
) -> dict[str, Any]:
    """Django's settings of one connection.

    Behind a transaction pooler a session belongs to nobody: no prepared statements, no server-side cursors and
    no session options (give the database role its timeouts there with `ALTER ROLE ... SET`).
    """
    settings: dict[str, Any] = environ.Env.db_url_config(url) if url else {"NAME": ""}
    options: dict[str, Any] = {
        **settings.get("OPTIONS", {}),
        "connect_timeout": connect_timeout_s,
        "application_name": f"ghar-{role}",
        "server_side_binding": not pgbouncer,
        "prepare_threshold": None if pgbouncer else 5,
    }
    if not pgbouncer:
        options["options"] = _session_options(role, statement_timeout_ms)
    if ".supabase." in str(settings.get("HOST", "")):
        options.setdefault("sslmode", "require")
    return {
        **settings,
        "ENGINE": "ghar.db.backend",
        "CONN_MAX_AGE": max_age_s,
        "DISABLE_SERVER_SIDE_CURSORS": pgbouncer,
        "OPTIONS": options,
    }


# A vector index that is asked for listings with conditions goes on looking until enough of them pass.
_VECTOR_INDEX = {"hnsw.iterative_scan": "relaxed_order", "hnsw.ef_search": 100, "hnsw.max_scan_tuples": 6000}


def _session_options(role: Role, statement_timeout_ms: int) -> str:
    """Sent while connecting, so that they cost no statement.

    A parallel worker loads PostGIS anew for every query, which costs a web request more than it gains.
    """
    values: dict[str, Any] = {"statement_timeout": statement_timeout_ms, "idle_in_transaction_session_timeout": 60000}
    if role is Role.WEB:
        values |= _VECTOR_INDEX
        values["max_parallel_workers_per_gather"] = 0
        values["jit"] = 0
    return " ".join(f"-c {name}={value}" for name, value in values.items())
