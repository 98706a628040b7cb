"""`up` serves the Procfile until it is told to stop, and then ends every process it started."""

import os
import signal
import subprocess
import sys
import textwrap

import pytest

from ops import local_env, ports, presence, python_env
from ops.checkout import Checkout

SERVER = """
import http.server, os
class Answer(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200 if self.path == "/health/ready" else 404)
        self.end_headers()
print("serving", flush=True)
http.server.HTTPServer(("127.0.0.1", int(os.environ["PORT"])), Answer).serve_forever()
"""
SERVE = """
import sys
from ops import checkout, cli, platform, presence
cli._listen_to_signals()
with presence.claim(checkout.here()), platform.choose_port(checkout.here()):
    platform.serve(checkout.here())
"""


@pytest.fixture
def project(real_bin: Checkout) -> Checkout:
    """A checkout whose only process is a small web server."""
    (real_bin.root / "Procfile").write_text("web: exec python server.py\n")
    (real_bin.root / "server.py").write_text(textwrap.dedent(SERVER))
    (real_bin.root / "manage.py").write_text("import sys; print('table for', sys.argv[-1])\n")
    local_env.update(real_bin, PORT=str(ports.private(real_bin, offset=9)))
    return real_bin


def _serve(project: Checkout) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", SERVE], cwd=project.root, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )


def _read_until(process: subprocess.Popen[str], words: str) -> str:
    assert process.stdout
    seen = ""
    for line in process.stdout:
        seen += line
        if words in line:
            return seen
    raise AssertionError(seen)


def test_it_welcomes_when_ready_and_ends_all_on_an_interruption(project: Checkout) -> None:
    with _serve(project) as process:
        seen = _read_until(process, "stops it")
        assert f"table for {presence.base_url(project)}" in seen
        assert presence.is_up(project)
        assert presence.is_ready(project)

        process.send_signal(signal.SIGINT)
        process.communicate()
    assert not presence.is_up(project)
    assert ports.is_free(int(local_env.read(project.local_env)["PORT"]))


def test_other_commands_know_the_port_that_it_alone_was_given(
    project: Checkout, monkeypatch: pytest.MonkeyPatch
) -> None:
    remembered = local_env.read(project.local_env)["PORT"]
    given = str(ports.next_free(int(remembered) + 1))
    monkeypatch.setenv("PORT", given)
    with _serve(project) as process:
        monkeypatch.delenv("PORT")
        _read_until(process, "stops it")
        known = python_env.environment(project)
        assert (known["PORT"], known["PUBLIC_BASE_URL"]) == (given, f"http://127.0.0.1:{given}")

        process.send_signal(signal.SIGINT)
        process.communicate()
    assert python_env.environment(project)["PORT"] == remembered


def _up(project: Checkout, port: str) -> subprocess.CompletedProcess[str]:
    """`bin/ghar up` beside the one that serves."""
    command = [sys.executable, project.root / "bin" / "ghar", "up"]
    given = os.environ | {"PORT": port}
    return subprocess.run(command, env=given, capture_output=True, text=True, check=False)


def test_a_second_start_at_another_port_is_refused(project: Checkout) -> None:
    here = local_env.read(project.local_env)["PORT"]
    with _serve(project) as process:
        _read_until(process, "stops it")
        same, other, none = _up(project, here), _up(project, str(int(here) + 1)), _up(project, "99999")
        process.send_signal(signal.SIGINT)
        process.communicate()
    assert (same.returncode, other.returncode, none.returncode) == (0, 1, 1)
    assert f"already up at http://127.0.0.1:{here}" in same.stdout
    assert f"at http://127.0.0.1:{here} and not at port {int(here) + 1}" in other.stdout
    assert "bin/ghar down" in other.stdout
    assert "PORT=99999 is not a port number" in none.stdout


def test_down_says_when_nothing_runs(project: Checkout) -> None:
    down = [sys.executable, project.root / "bin" / "ghar", "down"]
    with _serve(project) as process:
        _read_until(process, "stops it")
        first, second = (subprocess.run(down, capture_output=True, text=True, check=True).stdout for _ in range(2))
        process.communicate()
    assert "Stop bin/ghar up" in first
    assert "Nothing runs." not in first
    assert second == "Nothing runs.\n"


def test_a_process_that_fails_is_told_with_its_last_words(project: Checkout) -> None:
    (project.root / "server.py").write_text("raise SystemExit('no roof over my head')\n")
    with _serve(project) as process:
        process.communicate()
    assert process.returncode != 0
    assert "no roof over my head" in project.log("processes").read_text()
    assert not presence.is_up(project)


def test_a_start_ends_what_a_killed_one_left_behind(project: Checkout) -> None:
    with _serve(project) as killed:
        _read_until(killed, "stops it")
        killed.send_signal(signal.SIGKILL)
        killed.wait()
        assert presence.is_ready(project)
        with presence.claim(project):
            assert ports.is_free(int(local_env.read(project.local_env)["PORT"]))
