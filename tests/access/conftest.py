"""Who knocks at the doors is made once for a module."""

import pytest

from tests.support.cast import Cast


@pytest.fixture
def cast(everybody: Cast, db: None) -> Cast:
    """The same people each time."""
    return everybody
