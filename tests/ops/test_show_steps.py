"""Every step is one line; a failure shows the end of the log, where it lies and what to do."""

from pathlib import Path

import pytest

from ops import console, shell
from ops.console import Failure


def test_a_finished_step_has_a_tick_and_its_note(capsys: pytest.CaptureFixture[str]) -> None:
    with console.step("Redis") as step:
        step.note = "port 1234"
    line = capsys.readouterr().out
    assert line.startswith("✓ Redis")
    assert line.endswith(" s  port 1234\n")


def test_a_failed_step_has_a_cross(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(Failure), console.step("Redis"):
        raise Failure("no")
    assert capsys.readouterr().out.startswith("✗ Redis")


def test_a_program_that_fails_is_named_with_its_log(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    log = tmp_path / "step.log"
    with pytest.raises(Failure) as caught:
        shell.run(["sh", "-c", "echo the roof leaks; exit 3"], log=log, advice="Mend the roof.")
    console.show_failure(caught.value)
    shown = capsys.readouterr().out
    assert "ended with code 3" in shown
    assert "    the roof leaks\n" in shown
    assert f"The whole log: {log}" in shown
    assert "What to do: Mend the roof." in shown


def test_a_program_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(Failure, match="no-such-program cannot be started: No such file"):
        shell.run(["no-such-program"], log=tmp_path / "step.log")


def test_only_the_end_of_a_long_log_is_read(tmp_path: Path) -> None:
    log = tmp_path / "long.log"
    log.write_text("".join(f"line {number}\n" for number in range(100_000)))
    assert console.last_lines(log, 2) == ["line 99998", "line 99999"]
