"""What operators see of MCP: how often and how long (metrics), and who called what with which outcome (an audit log).

The log has ids and codes alone: no arguments, no answers, no names, no addresses.
"""

import time
from collections.abc import Mapping
from typing import Any

import structlog
from mcp.server.context import CallNext, HandlerResult
from mcp.shared.exceptions import MCPError
from prometheus_client import Counter, Histogram
from pydantic import ValidationError

from ghar import prompts, resources
from ghar.mcp.service import Context, Service, actor_of

audit = structlog.get_logger("ghar.audit")

CALLS = Counter("ghar_mcp_calls_total", "Calls over MCP.", ["server", "method", "name", "outcome"])
SECONDS = Histogram(
    "ghar_mcp_call_seconds",
    "Time to answer a call over MCP.",
    ["server", "method"],
    buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30),
)
_NAMED = {"tools/call": "name", "prompts/get": "name", "resources/read": "uri"}
"""What is called, for the methods that act for somebody: those are in the audit log."""

_OTHERS = (
    "initialize", "ping", "server/discover", "tools/list", "prompts/list", "resources/list",
    "resources/templates/list", "completion/complete",
)  # fmt: skip
UNKNOWN = "unknown"


class Watch:
    """Stands around every request to a server."""

    def __init__(self, service: Service) -> None:
        self._service = service

    async def __call__(self, ctx: Context, call_next: CallNext) -> HandlerResult:
        if ctx.request_id is None:  # a notification asks for nothing
            return await call_next(ctx)
        began = time.perf_counter()
        outcome = "cancelled"
        try:
            answer = await call_next(ctx)
            outcome = _outcome_of(answer)
        except MCPError as refused:
            outcome = _code_of(refused)
            raise
        except ValidationError:
            outcome = "INVALID_PARAMS"
            raise
        except Exception:
            outcome = "INTERNAL_ERROR"
            raise
        finally:
            self._note(ctx, outcome, time.perf_counter() - began)
        return answer

    def _note(self, context: Context, outcome: str, seconds: float) -> None:
        method = context.method if context.method in _NAMED or context.method in _OTHERS else UNKNOWN
        name = self._name(method, context.params or {}) if method in _NAMED else ""
        CALLS.labels(self._service.name, method, name, outcome).inc()
        SECONDS.labels(self._service.name, method).observe(seconds)
        if method in _NAMED:
            actor = actor_of(context)
            audit.info(
                "called over mcp",
                server=self._service.name,
                method=method,
                name=name,
                user_id=actor.id,
                role=actor.role,
                client_id=actor.client or None,
                protocol=context.protocol_version,
                outcome=outcome,
                ms=round(1000 * seconds, 1),
            )

    def _name(self, method: str, params: Mapping[str, Any]) -> str:
        """What is called as it was declared; whatever a client makes up is `unknown`."""
        given = str(params.get(_NAMED[method]))
        if method == "tools/call":
            return given if self._service.offers(given) else UNKNOWN
        if method == "prompts/get":
            return given if prompts.find(given) else UNKNOWN
        found = resources.find(given)
        return found[0].template if found else UNKNOWN


def _outcome_of(answer: HandlerResult) -> str:
    """`ok`, `asked` for a question to the person, or the code of the refusal that an answer tells."""
    if not isinstance(answer, Mapping):
        return "ok"
    told = answer.get("structuredContent")
    told = told if isinstance(told, Mapping) else {}
    if answer.get("resultType") == "input_required" or told.get("needs_confirmation"):
        return "asked"
    if not answer.get("isError"):
        return "declined" if told.get("declined") else "ok"
    inner = told.get("error")
    return str((inner if isinstance(inner, Mapping) else told).get("code", "ERROR"))


def _code_of(refused: MCPError) -> str:
    data = refused.error.data
    code = data.get("code") if isinstance(data, Mapping) else None
    return str(code or f"JSONRPC{refused.error.code}")
