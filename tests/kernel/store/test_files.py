"""Temporary files: as they went in, within bounds, gone in time, under names that harm nobody."""

import os
import time

import pytest

from ghar.store import files, namespaces
from ghar.store.files import FileGone, FileTooLong
from ghar.store.names import MOST_BYTES, safe
from ghar.store.port import StoreFull, Usage
from tests.kernel.asgi.live import until
from tests.support.at_once import at_once


def there(settings) -> list[str]:
    return [path.name for path in settings.TEMPORARY_ROOT.glob("*")] if settings.TEMPORARY_ROOT.exists() else []


@pytest.mark.parametrize("content", ["Größe\r\n\n", "", b"\x00\xff\r\n", b""])
def test_what_is_read_is_what_was_kept(content):
    assert files.read(files.keep("a.txt", content)) == content


def test_the_same_name_is_numbered():
    assert [files.keep("a.txt", text) for text in "xyz"] == ["a.txt", "a.1.txt", "a.2.txt"]
    assert [files.read(name) for name in ("a.txt", "a.1.txt", "a.2.txt")] == ["x", "y", "z"]
    assert [files.keep("README", "x"), files.keep("README", "y")] == ["README", "README.1"]


def test_many_of_one_name_have_names_of_their_own():
    given = at_once([lambda: files.keep("a.txt", "x")] * 30)
    assert len(set(given)) == 30


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("../../etc/passwd", "passwd"),
        ("c:\\temp\\a.txt", "a.txt"),
        (".env", "_.env"),
        ("..", "file"),
        ("", "file"),
        ("a\x00b\n.txt", "a_b_.txt"),
        ("मकान.csv", "मकान.csv"),
    ],
)
def test_a_name_is_one_safe_part_of_a_path(given, kept):
    assert files.keep(given, "x") == kept


def test_a_long_name_is_shortened_and_stays_of_its_kind():
    name = safe("é" * 200 + ".csv")
    assert len(name.encode()) <= MOST_BYTES
    assert name.endswith("é.csv")


def test_a_file_that_is_too_large_is_refused(settings):
    settings.TEMPORARY_FILE_BYTES = 10
    with pytest.raises(FileTooLong):
        files.keep("a.txt", "x" * 11)
    assert there(settings) == []


def test_all_files_together_are_bounded(settings):
    settings.TEMPORARY_TOTAL_BYTES = 10
    files.keep("a.txt", "x" * 6)
    with pytest.raises(StoreFull):
        files.keep("b.txt", "x" * 5)
    files.remove("a.txt")
    assert files.read(files.keep("b.txt", "x" * 5)) == "xxxxx"
    assert len(there(settings)) == 1


def test_a_file_that_was_removed_is_gone(settings):
    files.remove(files.keep("a.txt", "x"))
    with pytest.raises(FileGone):
        files.read("a.txt")
    assert there(settings) == []


def test_a_file_goes_when_its_time_is_over(settings):
    files.keep("a.txt", "x", seconds=0.05)
    files.keep("b.txt", "y")
    until(lambda: namespaces.run_expiries() == 1)
    with pytest.raises(FileGone):
        files.read("a.txt")
    assert files.read("b.txt") == "y"
    assert len(there(settings)) == 1


def test_nothing_is_kept_longer_than_the_setting_says(settings):
    settings.TEMPORARY_SECONDS = 0.05
    files.keep("a.txt", "x", seconds=3600)
    until(lambda: namespaces.run_expiries() == 1)
    assert there(settings) == []


def test_an_old_file_goes_with_its_own_record_and_not_with_that_of_another():
    files.keep("a.txt", "old", seconds=0.05)
    until(lambda: files.FILES.get("a.txt") is None)
    files.keep("a.txt", "new")
    namespaces.run_expiries()
    assert files.read("a.txt") == "new"


def test_a_folder_that_cannot_be_written_leaves_no_record(settings, tmp_path):
    (tmp_path / "temporary").write_text("no folder")
    with pytest.raises(files.FilesAway):
        files.keep("a.txt", "x")
    assert files.FILES.usage() == Usage(0, 0)


def test_files_without_a_record_are_cleaned_by_one_at_a_time(settings, keeper):
    files.keep("a.txt", "x")
    forgotten = settings.TEMPORARY_ROOT / "forgotten"
    forgotten.write_text("x")
    old = time.time() - settings.TEMPORARY_SECONDS - 2 * files.SETTLED_S
    os.utime(forgotten, (old, old))
    with files.CLEANING.slot(seconds=60):
        assert files.clean() == 0
    assert files.clean() == 1
    assert files.read("a.txt") == "x"
