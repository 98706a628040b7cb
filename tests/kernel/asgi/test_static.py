"""Static files are served in front of the application, from a collected folder or from where they lie."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any
from wsgiref.util import setup_testing_defaults

import pytest

from ghar.asgi.static import with_static


def django(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
    start_response("200 OK", [])
    return [b"django"]


def get(app: Any, path: str) -> tuple[str, dict[str, str], bytes]:
    environ: dict[str, Any] = {"PATH_INFO": path}
    setup_testing_defaults(environ)
    heads: list[tuple[str, list[tuple[str, str]]]] = []
    body = b"".join(app(environ, lambda status, headers: heads.append((status, headers))))
    return heads[0][0], dict(heads[0][1]), body


@pytest.fixture
def collected(tmp_path: Path) -> Path:
    (tmp_path / "page.css").write_text("body {}")
    (tmp_path / "page.0123456789ab.css").write_text("body {}")
    return tmp_path


def test_a_collected_file_is_served(collected: Path) -> None:
    status, headers, body = get(with_static(django, prefix="/static/", root=collected), "/static/page.css")
    assert (status, body) == ("200 OK", b"body {}")
    assert headers["Content-Type"].startswith("text/css")


def test_a_file_with_a_hash_in_its_name_is_kept_for_ever(collected: Path) -> None:
    _, headers, _ = get(with_static(django, prefix="/static/", root=collected), "/static/page.0123456789ab.css")
    assert "immutable" in headers["Cache-Control"]


def test_without_a_folder_the_finders_are_asked() -> None:
    status, headers, body = get(with_static(django, prefix="/static/", root=None), "/static/admin/css/base.css")
    assert status == "200 OK"
    assert headers["Cache-Control"].startswith("max-age=0")
    assert body


@pytest.mark.parametrize("path", ["/", "/static/none.css", "/static/../manage.py", "/static//etc/passwd", "/elsewhere"])
def test_everything_else_is_the_application(collected: Path, path: str) -> None:
    for root in (collected, None):
        assert get(with_static(django, prefix="/static/", root=root), path)[2] == b"django"
