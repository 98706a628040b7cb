"""Settings come from declared variables; production refuses an unsafe one by name."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from config.settings.environment import environment, read
from config.settings.variables import VARIABLES
from ghar.db.roles import Role, connection_settings

ROOT = Path(__file__).parents[2]
SAFE = {
    "ENVIRONMENT": "production",
    "SECRET_KEY": "s" * 40,
    "SUPABASE_SECRET_KEY": "k" * 40,
    "DATABASE_URL": "postgres://u:p@127.0.0.1:5432/ghar",
    "ALLOWED_HOSTS": "api.ghar.example",
    "PUBLIC_BASE_URL": "https://api.ghar.example",
    "CORS_ORIGINS": "https://ghar.example",
    "LOG_DIR": "var/log/test",
}


def start(*, show: str = "AUTH_ISSUER", **changes: str) -> subprocess.CompletedProcess[str]:
    """Load the settings in a process of its own, which prints one of them."""
    variables = {name: value for name, value in os.environ.items() if name not in VARIABLES}
    return subprocess.run(
        [sys.executable, "-c", f"import config.settings as s; print(s.{show})"],
        cwd=ROOT, env={**variables, **SAFE, **changes}, capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip


def test_a_safe_production_starts():
    done = start()
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() == "https://api.ghar.example/auth/v1"


def test_every_unsafe_value_is_named_at_once():
    done = start(SECRET_KEY="short", DEBUG="1", ALLOWED_HOSTS="*", PUBLIC_BASE_URL="http://x", CORS_ORIGINS="http://y")
    assert done.returncode != 0
    for name in ("SECRET_KEY", "DEBUG", "ALLOWED_HOSTS", "PUBLIC_BASE_URL", "CORS_ORIGINS"):
        assert name in done.stderr.rpartition("refuses to start")[2]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SUPABASE_SECRET_KEY", "change-me-in-production"),
        ("IDENTITY_TOKEN_SECONDS", "60"),
        ("DATABASE_URL", "postgres://u:p@a.pooler.supabase.com:5432/x"),
    ],
)
def test_an_unsafe_value_is_named(name, value):
    assert start(**{name: value}).returncode != 0


@pytest.mark.parametrize(
    ("changes", "base"),
    [
        ({}, "https://the360ghar.com"),
        ({"DEEPLINK_DOMAIN": "homes.example"}, "https://homes.example"),
        ({"ENVIRONMENT": "development", "PUBLIC_BASE_URL": "http://127.0.0.1:3655/"}, "http://127.0.0.1:3655"),
        ({"ENVIRONMENT": "development", "DEEPLINK_DOMAIN": "homes.example"}, "https://homes.example"),
    ],
)
def test_outside_production_links_lead_here_unless_told_otherwise(changes, base):
    assert start(show="LINK_BASE", **changes).stdout.strip() == base


def test_a_malformed_value_names_its_variable(monkeypatch):
    monkeypatch.setenv("WEB_THREADS", "many")
    with pytest.raises(ImproperlyConfigured, match="WEB_THREADS"):
        read("WEB_THREADS")


def test_an_unknown_environment_lists_those_there_are(monkeypatch):
    monkeypatch.setenv("ENVIRONMENT", "staging")
    with pytest.raises(ImproperlyConfigured, match="development, test, production"):
        environment()


def test_a_pooler_gets_no_session_state():
    def settings(**changes):
        return connection_settings(
            **{
                "url": "postgres://u:p@127.0.0.1/x", "role": Role.WEB, "statement_timeout_ms": 8000,
                "connect_timeout_s": 5, "max_age_s": 180, "pgbouncer": False, **changes,
            }
        )  # fmt: skip

    direct, pooled, jobs = settings(), settings(pgbouncer=True), settings(role=Role.BACKGROUND, max_age_s=0)
    assert "statement_timeout=8000" in direct["OPTIONS"]["options"]
    assert direct["OPTIONS"]["prepare_threshold"] == 5
    assert "options" not in pooled["OPTIONS"]
    assert pooled["OPTIONS"]["prepare_threshold"] is None
    assert pooled["DISABLE_SERVER_SIDE_CURSORS"] is True
    assert "max_parallel_workers_per_gather" not in jobs["OPTIONS"]["options"]
    assert jobs["CONN_MAX_AGE"] == 0
