"""Two checkouts that start at the same time serve at different addresses, under every web server."""

import http.client
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from shutil import copytree

import pytest

from ops import local_env, ports, presence
from ops.checkout import Checkout

APPLICATION = """
import os
async def application(scope, receive, send):
    if scope["type"] == "http":
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": os.getcwd().encode()})
"""
WEB = {
    "granian": "granian --interface asgi --host 127.0.0.1 --port $PORT --workers 2 served:application",
    "daphne": "daphne --bind 127.0.0.1 --port $PORT served:application",
}
UP = """
import sys
from ops import checkout, cli, platform, presence
cli._listen_to_signals()
with presence.claim(checkout.here()), platform.choose_port(checkout.here()):
    print("chosen", flush=True)
    sys.stdin.readline()
    platform.serve(checkout.here())
"""


@pytest.fixture(params=WEB)
def twins(request: pytest.FixtureRequest, real_bin: Checkout, tmp_path: Path) -> list[Checkout]:
    """Two checkouts that remember the same port."""
    (real_bin.root / "Procfile").write_text(f"web: exec {WEB[request.param]}\n")
    (real_bin.root / "served.py").write_text(APPLICATION)
    (real_bin.root / "manage.py").write_text("")
    local_env.update(real_bin, PORT=str(ports.private(real_bin, offset=9)))
    return [real_bin, Checkout(copytree(real_bin.root, tmp_path / "twin", symlinks=True))]


@contextmanager
def _chosen(checkout: Checkout) -> Iterator[subprocess.Popen[str]]:
    """An `up` that has chosen its port, and starts its web process when it is told to."""
    command = [sys.executable, "-c", UP]
    with subprocess.Popen(
        command, cwd=checkout.root, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    ) as process:
        try:
            _read_until(process, "chosen")
            yield process
        finally:
            process.terminate()
            process.communicate()


def _read_until(process: subprocess.Popen[str], words: str) -> None:
    assert process.stdout
    assert any(words in line for line in process.stdout)


def _serve(process: subprocess.Popen[str]) -> None:
    assert process.stdin
    process.stdin.write("\n")
    process.stdin.flush()
    _read_until(process, "stops it")


def _who_answers(checkout: Checkout) -> str:
    line = http.client.HTTPConnection(presence.base_url(checkout).removeprefix("http://"), timeout=5)
    line.request("GET", "/")
    answer = line.getresponse().read().decode()
    line.close()
    return answer


def test_each_answers_for_itself(twins: list[Checkout]) -> None:
    with ExitStack() as stack:
        for process in [stack.enter_context(_chosen(twin)) for twin in twins]:
            _serve(process)
        for twin in twins:
            assert {_who_answers(twin) for _ in range(20)} == {str(twin.root)}
    assert all(ports.is_free(_port(twin)) for twin in twins)


def test_a_program_that_came_meanwhile_is_named_as_the_reason(twins: list[Checkout]) -> None:
    first = twins[0]
    with _chosen(first) as process, socket.create_server((ports.HOST, _port(first))):
        said, _ = process.communicate("\n")
    assert process.returncode != 0
    assert f"began to listen on port {_port(first)}" in said


def _port(checkout: Checkout) -> int:
    return int(local_env.read(checkout.local_env)["PORT"])
