"""A packaged pgvector is used when it is new enough; only the upstream version counts."""

import pytest

from ops import pgvector


@pytest.mark.parametrize(
    ("text", "fit"),
    [
        ("0.8.0-1", True),
        ("0.8.1-2.pgdg12+1", True),
        ("1:0.10.0", True),
        ("1.0", True),
        ("0.6.0-1", False),
        ("0.7.4", False),
        ("", False),
    ],
)
def test_a_version_is_compared_by_its_numbers(text: str, fit: bool) -> None:
    assert (pgvector.version_numbers(text) >= pgvector.OLDEST) is fit
