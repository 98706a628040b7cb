"""`var/local.env` keeps what it is given, for its owner's eyes, and gives way to what somebody set on purpose."""

import tempfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ops import local_env
from ops.checkout import Checkout

NAMES = st.from_regex(r"[A-Z][A-Z0-9_]{0,15}", fullmatch=True)
VALUES = st.text(st.characters(min_codepoint=33, max_codepoint=126), max_size=40).filter(
    lambda value: len(value) < 2 or value[0] != value[-1] or value[0] not in "'\""
)


@given(st.dictionaries(NAMES, VALUES))
def test_what_is_written_is_read_again(values: dict[str, str]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "local.env"
        local_env.write(path, values)
        assert local_env.read(path) == values


def test_only_the_owner_may_read_it(checkout: Checkout) -> None:
    local_env.update(checkout, SECRET="x")
    assert checkout.local_env.stat().st_mode & 0o777 == 0o600


def test_an_update_keeps_the_other_values(checkout: Checkout) -> None:
    local_env.update(checkout, PORT="3600", SECRET="x")
    assert local_env.update(checkout, PORT="3601") == {"PORT": "3601", "SECRET": "x"}


@pytest.mark.parametrize(("name", "value"), [("GOOD", "two\nlines"), ("not a name", "x")])
def test_what_would_not_come_back_is_refused(checkout: Checkout, name: str, value: str) -> None:
    with pytest.raises(ValueError, match=name):
        local_env.write(checkout.local_env, {name: value})


def test_hand_written_files_are_understood() -> None:
    text = "# remark\n\nexport A=1\nB = 'two words'\nC=\"x=y\"\nnonsense\n"
    assert local_env.parse(text) == {"A": "1", "B": "two words", "C": "x=y"}


def test_a_file_of_the_environment_wins_over_the_local_one(checkout: Checkout) -> None:
    local_env.update(checkout, PORT="3600")
    (checkout.root / ".env.test").write_text("PORT=4000\n")
    assert local_env.effective(checkout, "PORT") == "4000"


def test_the_process_environment_wins_over_both(checkout: Checkout, monkeypatch: pytest.MonkeyPatch) -> None:
    local_env.update(checkout, PORT="3600")
    (checkout.root / ".env.test").write_text("PORT=4000\n")
    monkeypatch.setenv("PORT", "5000")
    assert local_env.effective(checkout, "PORT") == "5000"


def test_the_secret_key_is_made_once(checkout: Checkout) -> None:
    assert len(local_env.secret_key(checkout)) >= 50
    assert local_env.secret_key(checkout) == local_env.secret_key(checkout)
