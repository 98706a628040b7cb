"""Progress of a long command: a bar on a terminal, a few plain lines anywhere else."""

from collections.abc import Generator, Sequence
from types import TracebackType
from typing import Protocol, TypeVar

BAR_WIDTH = 30
LINES = 10  # how many plain lines a bar becomes where there is no terminal

T = TypeVar("T")


class Stream(Protocol):
    """What is drawn on: a text stream, or a management command's `stdout`."""

    def isatty(self) -> bool:
        """Is it a terminal?"""

    def write(self, text: str, /) -> object:
        """Print."""

    def flush(self) -> None:
        """Show what was printed."""


class Progress:
    """Where bars are drawn. Without a stream nothing is shown, for callers that nobody watches."""

    def __init__(self, stream: Stream | None = None) -> None:
        self._stream = stream

    def bar(self, label: str, total: int) -> "Bar":
        """A bar of `total` steps, to use in a `with` statement."""
        return Bar(self._stream, label, total)

    def say(self, line: str) -> None:
        """A line between the bars."""
        if self._stream is not None:
            self._stream.write(f"{line}\n")

    def each(self, label: str, items: Sequence[T]) -> Generator[T, None, None]:
        """The items, with a bar that moves one step after each."""
        with self.bar(label, len(items)) as bar:
            for item in items:
                yield item
                bar.advance()


class Bar:
    """One task. `advance` counts steps done; the last line stays when the task ends, however it ends."""

    def __init__(self, stream: Stream | None, label: str, total: int) -> None:
        self._stream, self._label, self._total = stream, label, total
        self._on_terminal = stream is not None and stream.isatty()
        self.done = 0
        self._shown = 0

    def __enter__(self) -> "Bar":
        self._show(force=self._on_terminal)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._show(force=self._on_terminal or self._shown < self.done or not self.done)
        if self._stream is not None and self._on_terminal:
            self._stream.write("\n")

    def advance(self, steps: int = 1) -> None:
        """Note that this many more steps are done."""
        self.done += steps
        self._show()

    def _show(self, *, force: bool = False) -> None:
        every = max(1, self._total // (100 if self._on_terminal else LINES))
        if self._stream is None or not (force or self.done - self._shown >= every):
            return
        self._shown = self.done
        self._stream.write(f"\r{self._drawn()}" if self._on_terminal else f"{self._counted()}\n")
        self._stream.flush()

    def _drawn(self) -> str:
        filled = BAR_WIDTH * min(self.done, self._total) // max(1, self._total)
        return f"{self._label:<12} [{'#' * filled:<{BAR_WIDTH}}] {self.done:,}/{self._total:,}"

    def _counted(self) -> str:
        return f"{self._label}: {self.done:,} of {self._total:,}"
