"""A long command shows how far it is: a bar on a terminal, a few lines in a log."""

from io import StringIO

import pytest

from ghar.progress import Progress


class Terminal(StringIO):
    def isatty(self) -> bool:
        return True


def test_a_log_gets_about_ten_plain_lines() -> None:
    log = StringIO()
    assert list(Progress(log).each("Rows", range(1000))) == list(range(1000))
    lines = log.getvalue().splitlines()
    assert len(lines) == 10
    assert lines[-1] == "Rows: 1,000 of 1,000"


def test_a_terminal_gets_one_line_that_is_drawn_over() -> None:
    screen = Terminal()
    with Progress(screen).bar("Rows", 4) as bar:
        bar.advance(2)
        bar.advance(2)
    frames = screen.getvalue().split("\r")
    assert screen.getvalue().count("\n") == 1
    assert "2/4" in frames[-3]
    assert frames[-1] == f"{'Rows':<12} [{'#' * 30}] 4/4\n"


def test_a_task_that_breaks_leaves_how_far_it_came() -> None:
    log = StringIO()
    rows = Progress(log).each("Rows", range(100))
    for _ in range(4):
        next(rows)
    with pytest.raises(ZeroDivisionError):
        rows.throw(ZeroDivisionError)
    assert log.getvalue() == "Rows: 3 of 100\n"


def test_nothing_to_do_is_said_too() -> None:
    log = StringIO()
    assert list(Progress(log).each("Rows", [])) == []
    assert log.getvalue() == "Rows: 0 of 0\n"


def test_without_a_stream_nothing_is_shown_and_all_is_done() -> None:
    assert list(Progress().each("Rows", "abc")) == ["a", "b", "c"]
