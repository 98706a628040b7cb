"""Versions are compared number by number."""

from dataclasses import dataclass
from itertools import pairwise

import pytest

from apps.support.rules import versions

ASCENDING = ["0.9", "1.0.0-alpha", "1.0.0-alpha.1", "1.0.0-alpha.beta", "1.0.0-beta.2", "1.0.0-beta.11", "1.0.0-rc.1",
             "1.0.0", "1.0.1", "1.2", "1.10", "9.0.0", "10.0.0"]  # fmt: skip


def test_the_order():
    read = [versions.read(text) for text in ASCENDING]
    assert all(one < next_one for one, next_one in pairwise(read))


@pytest.mark.parametrize("text", ["1.2", "1.2.0", "v1.2", " 1.2.0.0 ", "1.2.0+45", "1.2.0 (45)", "V1.2(3)"])
def test_other_spellings_of_the_same(text):
    assert versions.read(text) == versions.read("1.2.0")


@pytest.mark.parametrize(
    "text", ["", "beta", "1.", "1..2", "-1", "1.x", "1.2.3.4.5.6.7.8.9", "1" * 10, "\u0661.\u0662"]
)
def test_what_is_no_version(text):
    with pytest.raises(versions.Unreadable):
        versions.read(text)


@dataclass
class Release:
    version: str
    build_number: int | None = None
    is_mandatory: bool = False
    min_supported_version: str | None = None


ON_OFFER = [Release("2.0.0", 20), Release("1.5.0", 15, is_mandatory=True), Release("2.1.0", 21, False, "1.2.0")]


@pytest.mark.parametrize(
    ("current", "build", "told"),
    [
        ("2.1.0", None, (False, False)),
        ("2.1.0", 21, (False, False)),
        ("2.1.0", 20, (True, False)),
        ("3.0.0", 1, (False, False)),
        ("2.0.0", None, (True, False)),
        ("1.5.0", None, (True, False)),
        ("1.4.0", None, (True, True)),
        ("1.1.9", None, (True, True)),
    ],
)
def test_what_a_client_is_told(current, build, told):
    verdict = versions.verdict(ON_OFFER, current, build)
    assert (verdict.update_available, verdict.is_mandatory) == told


def test_below_what_is_supported_an_update_is_mandatory():
    assert versions.verdict([Release("10.0.0", None, False, "9.0.0")], "8.9", None).is_mandatory
    assert not versions.verdict([Release("11.0.0", None, False, "9.0.0")], "10.0.0", None).is_mandatory


def test_the_newest_is_the_highest():
    assert versions.newest(ON_OFFER) == ON_OFFER[2]
    assert versions.newest([Release("1.0", 3), Release("1.0.0", 12), Release("1.0")]).build_number == 12
    assert versions.newest([]) is None
