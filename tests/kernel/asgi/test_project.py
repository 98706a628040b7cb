"""The project's own application answers the same under every server."""

from collections.abc import Iterator

import pytest

from tests.kernel.asgi.live import SERVERS, Server


@pytest.fixture(scope="module", params=SERVERS)
def project(request: pytest.FixtureRequest) -> Iterator[Server]:
    with Server(request.param, "config.asgi:application") as running:
        yield running


def test_the_assets_of_the_admin_are_served(project: Server) -> None:
    answer = project.get("/static/admin/css/base.css")
    assert answer.status == 200
    assert answer.headers["Content-Type"].startswith("text/css")


@pytest.mark.parametrize("path", ["/health/live", "/health/live/"])
def test_both_slash_forms_answer(project: Server, path: str) -> None:
    assert project.get(path).status == 200


@pytest.mark.parametrize("path", ["/nowhere", "/api/v1/api/v1/nowhere/"])
def test_an_unknown_path_is_the_envelope_of_404(project: Server, path: str) -> None:
    answer = project.get(path)
    assert (answer.status, answer.json()["error"]["code"]) == (404, "NOT_FOUND")
