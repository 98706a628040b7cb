"""Structured logs: coloured lines in development, JSON lines otherwise.

In production they also go to a file that turns over at midnight UTC and is kept seven days.
"""

import logging
import logging.config
import re
from pathlib import Path
from typing import Any

import structlog

_HIDDEN = re.compile(r"password|secret|token|api_?key|authorization|cookie|otp|code_verifier", re.IGNORECASE)
KEEP_DAYS = 7
TALKATIVE = (
    "httpx2", "httpcore2", "asyncio", "urllib3", "daphne",
    "celery.beat", "celery.worker.strategy", "celery.app.trace",
)  # fmt: skip
"""What tells of each step that went well. Of jobs, our own line says that one is done."""


def hide_secrets(_logger: Any, _method: str, event: dict[str, Any]) -> dict[str, Any]:
    """Replace the value of every key that names a secret."""
    return {key: "[REDACTED]" if key != "event" and _HIDDEN.search(key) else value for key, value in event.items()}


_SHARED: list[Any] = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_logger_name,
    structlog.stdlib.add_log_level,
    structlog.stdlib.ExtraAdder(),
    structlog.processors.TimeStamper(fmt="iso", utc=True),
    hide_secrets,
]


def configure(*, environment: str, folder: Path, level: str) -> None:
    """Route structlog and the standard library through the same chain."""
    logging.config.dictConfig(_stdlib(environment, folder, level))
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *_SHARED,
            structlog.stdlib.PositionalArgumentsFormatter(),
            structlog.processors.StackInfoRenderer(),
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )


def _stdlib(environment: str, folder: Path, level: str) -> dict[str, Any]:
    handlers = ["console"]
    definitions: dict[str, Any] = {
        "console": {
            "class": "logging.StreamHandler",
            "formatter": "lines" if environment == "development" else "json",
        }
    }
    if environment == "production":
        folder.mkdir(parents=True, exist_ok=True)
        definitions["file"] = {
            "class": "logging.handlers.TimedRotatingFileHandler",
            "filename": folder / "ghar.jsonl",
            "when": "midnight",
            "utc": True,
            "backupCount": KEEP_DAYS,
            "delay": True,
            "formatter": "json",
        }
        handlers.append("file")
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "lines": _formatter(_console()),
            "json": _formatter(structlog.processors.JSONRenderer()),
        },
        "handlers": definitions,
        "root": {"handlers": handlers, "level": level},
        "loggers": {name: {"level": "WARNING"} for name in TALKATIVE},
    }


def _console() -> Any:
    return structlog.dev.ConsoleRenderer(exception_formatter=structlog.dev.plain_traceback)


def _formatter(renderer: Any) -> dict[str, Any]:
    return {
        "()": structlog.stdlib.ProcessorFormatter,
        "foreign_pre_chain": _SHARED,
        "processors": [
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            structlog.processors.format_exc_info,
            renderer,
        ],
    }
