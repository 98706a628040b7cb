"""`manage.py docs` writes the reference from the code, and says when it is stale."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.urls import get_resolver

from config.documents.management.commands.docs import FILES
from config.settings.variables import VARIABLES
from tests.access.surface import calls


def docs(*arguments) -> str:
    said = StringIO()
    call_command("docs", *arguments, stdout=said)
    return said.getvalue()


@pytest.fixture
def written(tmp_path):
    """A folder in which everything has just been written."""
    docs("--into", tmp_path)
    return tmp_path


def test_what_is_committed_is_fresh():
    assert docs("--check") == "Everything is fresh.\n"


def test_what_was_just_written_is_fresh(written):
    assert {str(path.relative_to(written)) for path in written.rglob("*.*")} == set(FILES)
    assert docs("--check", "--into", written) == "Everything is fresh.\n"
    assert docs("--into", written) == "Everything is fresh.\n"


@pytest.mark.parametrize("name", FILES)
def test_a_stale_file_is_named_with_the_command_and_left_alone(name, written):
    (written / name).write_text("old")
    with pytest.raises(CommandError, match=rf"^Stale: {name}\. Write anew with: bin/ghar manage docs$"):
        docs("--check", "--into", written)
    assert (written / name).read_text() == "old"
    assert docs("--into", written) == f"Wrote {name}\n"


def test_a_missing_file_is_stale(written):
    (written / "docs/reference/errors.md").unlink()
    with pytest.raises(CommandError, match=r"docs/reference/errors\.md"):
        docs("--check", "--into", written)


def test_every_variable_is_listed_and_no_secret_shown(written):
    page = (written / "docs/reference/settings.md").read_text()
    assert [name for name in VARIABLES if f"| `{name}` |" not in page] == []
    shown = [one.name for one in VARIABLES.values() if one.secret and one.default and f"`{one.default}`" in page]
    assert shown == []


def test_every_operation_is_listed_with_its_access(written):
    page = (written / "docs/reference/operations.md").read_text()
    operations = [call for call in calls(get_resolver().url_patterns) if call.name != call.route]
    missing = [
        str(call)
        for call in operations
        if f"### {call.method} /{call.route}\n\n`{call.name}`, {call.access.value}." not in page
    ]
    assert operations
    assert missing == []


def test_error_codes_stand_with_status_area_and_meaning(written):
    page = (written / "docs/reference/errors.md").read_text()
    for row in (
        "| 400 | `INVALID_CURSOR` | platform | The cursor was not made by this list in this order. |",
        "| 404 | `PROPERTY_NOT_FOUND` | properties | There is no such listing, or this actor may not see it. |",
        "| 405 | `METHOD_NOT_ALLOWED` | platform | The address has no such method. |",
    ):
        assert row in page
