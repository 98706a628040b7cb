"""Which tests share a worker: those of a file, and files that ask the same live servers.

A server takes longer to start than most tests of it, and each is kept until its worker has no more tests.
"""

from xdist.scheduler import LoadFileScheduling

TOGETHER = ("tests/realtime/", "tests/mcp/")
"""Folders whose files all do."""


class Spread(LoadFileScheduling):
    """Whole files, and these folders whole."""

    def _split_scope(self, nodeid: str) -> str:
        file: str = super()._split_scope(nodeid)
        return next((folder for folder in TOGETHER if file.startswith(folder)), file)
