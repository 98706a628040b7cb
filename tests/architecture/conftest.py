"""A copy of the project, in which breaches are planted one after the other."""

from pathlib import Path

import pytest

from tests.architecture.sources import copy_tree


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Each test leaves it as it was."""
    return copy_tree(tmp_path_factory.mktemp("copy"))
