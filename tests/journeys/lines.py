"""What another process says, line by line, for as long as a test is willing to wait."""

import queue
import threading
from typing import IO

from tests.kernel.asgi.live import PATIENCE_S


class Lines:
    """Reads a pipe aside. `next` gives a line without its end, and raises when none comes or the pipe has ended."""

    def __init__(self, pipe: IO[str] | None) -> None:
        if pipe is None:
            raise RuntimeError("the process has no pipe")
        self._said: queue.Queue[str | None] = queue.Queue()
        threading.Thread(target=self._read, args=(pipe,), daemon=True).start()

    def next(self) -> str:
        line = self._said.get(timeout=PATIENCE_S)
        if line is None:
            raise EOFError("the process says nothing more")
        return line

    def _read(self, pipe: IO[str]) -> None:
        for line in pipe:
            self._said.put(line.rstrip("\n"))
        self._said.put(None)
