"""A piece of set-up is repeated when what it was made from has changed, and only then."""

import os

import pytest

from ops import freshness
from ops.checkout import Checkout


@pytest.fixture
def project(checkout: Checkout) -> Checkout:
    """A checkout with one file of code and one collected static file."""
    (checkout.root / "apps").mkdir()
    (checkout.root / "apps" / "models.py").write_text("one")
    (checkout.var / "static").mkdir()
    return checkout


def _times_acted(project: Checkout) -> int:
    acted: list[int] = []
    freshness.unless_unchanged(project, "static", lambda: freshness.of_static_files(project), lambda: acted.append(1))
    return len(acted)


def test_the_first_time_it_is_done_and_then_not_again(project: Checkout) -> None:
    assert [_times_acted(project) for _ in range(3)] == [1, 0, 0]


def test_changed_code_repeats_it(project: Checkout) -> None:
    _times_acted(project)
    (project.root / "apps" / "models.py").write_text("longer")
    assert _times_acted(project) == 1


def test_touched_code_repeats_it(project: Checkout) -> None:
    _times_acted(project)
    os.utime(project.root / "apps" / "models.py", ns=(1, 1))
    assert _times_acted(project) == 1


def test_a_new_file_repeats_it(project: Checkout) -> None:
    _times_acted(project)
    (project.root / "apps" / "views.py").touch()
    assert _times_acted(project) == 1


def test_compiled_code_is_no_change(project: Checkout) -> None:
    _times_acted(project)
    (project.root / "apps" / "__pycache__").mkdir()
    (project.root / "apps" / "__pycache__" / "models.pyc").touch()
    assert _times_acted(project) == 0


def test_a_lost_result_repeats_it(project: Checkout) -> None:
    _times_acted(project)
    (project.var / "static").rmdir()
    assert _times_acted(project) == 1


def test_a_failure_is_not_taken_for_done(project: Checkout) -> None:
    def fail() -> None:
        raise RuntimeError

    with pytest.raises(RuntimeError):
        freshness.unless_unchanged(project, "static", lambda: freshness.of_static_files(project), fail)
    assert _times_acted(project) == 1
