"""Logs, Sentry and metrics."""

from config.settings.environment import ROOT, environment, read
from ghar.observability import logs, sentry

LOGGING_CONFIG = None  # `logs.configure` does it, once
logs.configure(environment=environment(), folder=ROOT / read("LOG_DIR"), level=read("LOG_LEVEL"))
sentry.start(
    dsn=read("SENTRY_DSN"),
    environment=environment(),
    release=f"ghar@{read('APP_VERSION')}",
    traces_sample_rate=read("SENTRY_TRACES_SAMPLE_RATE"),
)
