"""Static files in front of a WSGI application, the same under every server and in both environments."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.contrib.staticfiles import finders
from servestatic import ServeStatic

from ghar.asgi.exchange import WSGIApp


class FoundStatic(ServeStatic):
    """Serves what Django's finders find, looked up anew each time: for development, without collectstatic."""

    def __init__(self, app: WSGIApp, *, prefix: str, **options: Any) -> None:
        super().__init__(app, autorefresh=True, max_age=0, **options)
        self._prefix = prefix

    def candidate_paths_for_url(self, url: str) -> Iterator[str]:
        if url.startswith(self._prefix) and (path := finders.find(url.removeprefix(self._prefix))):
            yield path


def with_static(app: WSGIApp, *, prefix: str, root: Path | None) -> WSGIApp:
    """Serve the files below `root` (filled by collectstatic) at `prefix`; without one, what finders find."""
    if root is None:
        return FoundStatic(app, prefix=prefix)
    return ServeStatic(app, root=root, prefix=prefix)
