"""What the reader of the terminal sees: one line a step, with a tick and the seconds it took."""

import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stdout
from pathlib import Path
from typing import TextIO

FRAMES = "⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏"
FIRST_SIGN_OF_LIFE = 15.0
LABEL_WIDTH = 34


class Failure(Exception):
    """Something the reader can put right: what happened, what to do, and the log that tells more."""

    def __init__(self, what: str, advice: str = "", log: Path | None = None) -> None:
        super().__init__(what)
        self.what = what
        self.advice = advice
        self.log = log


class Step:
    """A step under way. `note` is shown behind the finished line, `log` is watched while it runs.

    `took` is for what began before its line did: the seconds that it took itself.
    """

    def __init__(self, label: str) -> None:
        self.label = label
        self.note = ""
        self.log: Path | None = None
        self.took: float | None = None
        self.started = time.monotonic()

    @property
    def seconds(self) -> float:
        return time.monotonic() - self.started if self.took is None else self.took

    @property
    def detail(self) -> str:
        return last_lines(self.log, 1)[-1:][0] if self.log and last_lines(self.log, 1) else ""


def prepare(stream: TextIO) -> None:
    """Let ticks pass through a terminal that cannot show them, instead of failing on it."""
    if hasattr(stream, "reconfigure"):
        stream.reconfigure(errors="replace", line_buffering=True)


def say(text: str = "") -> None:
    print(text, file=sys.stdout, flush=True)


@contextmanager
def quiet() -> Iterator[None]:
    """Move all words to standard error, so that standard output carries only what another program says."""
    with redirect_stdout(sys.stderr):
        yield


def paint(text: str, colour: int) -> str:
    return f"\x1b[{colour}m{text}\x1b[0m" if sys.stdout.isatty() else text


def tick() -> str:
    return paint("✓", 32)


def cross() -> str:
    return paint("✗", 31)


def warning() -> str:
    return paint("!", 33)


@contextmanager
def step(label: str) -> Iterator[Step]:
    """Show one step from beginning to end; an exception marks it failed and goes on its way."""
    current = Step(label)
    finished = threading.Event()
    painter = threading.Thread(target=_paint_until, args=(current, finished), daemon=True)
    painter.start()
    mark = cross()
    try:
        yield current
        mark = tick()
    finally:
        finished.set()
        painter.join()
        say(_finished_line(current, mark))


def _finished_line(current: Step, mark: str) -> str:
    note = f"  {paint(current.note, 2)}" if current.note else ""
    return f"{mark} {current.label:<{LABEL_WIDTH}} {current.seconds:6.1f} s{note}"


def _paint_until(current: Step, finished: threading.Event) -> None:
    if sys.stdout.isatty():
        _spin(current, finished)
    else:
        _report_now_and_then(current, finished)


def _spin(current: Step, finished: threading.Event) -> None:
    frame = 0
    while not finished.wait(0.1):
        frame = (frame + 1) % len(FRAMES)
        line = f"{FRAMES[frame]} {current.label:<{LABEL_WIDTH}} {current.seconds:6.1f} s"
        sys.stdout.write(f"\r\x1b[2K{line}  {paint(current.detail[:60], 2)}")
        sys.stdout.flush()
    sys.stdout.write("\r\x1b[2K")


def _report_now_and_then(current: Step, finished: threading.Event) -> None:
    pause = FIRST_SIGN_OF_LIFE
    while not finished.wait(pause):
        say(f"… {current.label:<{LABEL_WIDTH}} {current.seconds:6.1f} s  {current.detail[:80]}")
        pause = min(pause * 2, 60)


def last_lines(path: Path, count: int) -> list[str]:
    """The last lines of a log that say something, at most `count`."""
    try:
        with path.open("rb") as log:
            log.seek(0, 2)
            log.seek(max(0, log.tell() - 16_384))
            text = log.read().decode("utf-8", "replace")
    except FileNotFoundError:
        return []
    return [line.rstrip() for line in text.splitlines() if line.strip()][-count:]


def show_failure(failure: Failure) -> None:
    """Say what went wrong, what the log's end reads, and what to do about it."""
    say()
    say(f"{cross()} {failure.what}")
    if failure.log:
        for line in last_lines(failure.log, 15):
            say(f"    {line}")
        say(f"  The whole log: {failure.log}")
    if failure.advice:
        say(f"  What to do: {failure.advice}")


def echo(text: str) -> None:
    """Pass on text that already has its line ends."""
    sys.stdout.write(text)
    sys.stdout.flush()


def read_aloud(log: Path, ended: threading.Event) -> None:
    """Show what is added to a log from now on, until the event is set."""
    with log.open(encoding="utf-8", errors="replace") as lines:
        lines.seek(0, 2)
        while not ended.wait(0.1):
            echo(lines.read())
        echo(lines.read())
