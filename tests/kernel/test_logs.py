"""Logs: JSON lines with the request id, secrets hidden, a file a day, seven kept; Sentry sees nobody's data."""

import json
import subprocess
import sys
from pathlib import Path

from ghar.observability import logs, sentry

ROOT = Path(__file__).parents[2]
SCRIPT = """
import logging, structlog, sys
from pathlib import Path
from ghar.observability import logs
logs.configure(environment=sys.argv[1], folder=Path(sys.argv[2]), level="INFO")
structlog.contextvars.bind_contextvars(request_id="r-1")
structlog.get_logger("ghar.x").info("hello", password="p", user_id=7, api_key="k")
logging.getLogger("plain").warning("from %s", "stdlib")
logging.getLogger("celery.app.trace").info("a step that went well")
try:
    1 / 0
except ZeroDivisionError:
    structlog.get_logger("ghar.x").exception("broke")
"""


def run(environment: str, folder: Path) -> list[str]:
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT, environment, str(folder)], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return done.stderr.splitlines()


def test_json_lines_in_production(tmp_path):
    hello, plain, broke = map(json.loads, run("production", tmp_path))
    assert (hello["event"], hello["request_id"], hello["level"], hello["user_id"]) == ("hello", "r-1", "info", 7)
    assert (hello["password"], hello["api_key"]) == ("[REDACTED]", "[REDACTED]")
    assert plain["event"] == "from stdlib"
    assert "ZeroDivisionError" in broke["exception"]
    assert len((tmp_path / "ghar.jsonl").read_text().splitlines()) == 3


def test_plain_lines_in_development(tmp_path):
    assert any("hello" in line and not line.startswith("{") for line in run("development", tmp_path))
    assert not list(tmp_path.iterdir())


def test_a_file_a_day_for_a_week(tmp_path):
    handler = logs._stdlib("production", tmp_path, "INFO")["handlers"]["file"]
    assert (handler["when"], handler["utc"], handler["backupCount"]) == ("midnight", True, 7)


def test_sentry_gets_no_personal_data():
    event = {
        "user": {"id": 7, "email": "a@ghar.example"},
        "request": {
            "url": "https://api.ghar.example/x",
            "data": {"phone": "+91"},
            "query_string": "token=abc",
            "cookies": {"a": "b"},
            "env": {"REMOTE_ADDR": "1.1.1.1"},
            "headers": {"Authorization": "Bearer x", "X-Forwarded-For": "1.1.1.1", "Accept": "*/*"},
        },
    }
    kept = sentry.without_personal_data(event, {})
    assert "user" not in kept
    assert kept["request"] == {"url": "https://api.ghar.example/x", "headers": {"Accept": "*/*"}}
