"""The contracts of `.importlinter` hold, and each of them fails when somebody breaks it."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.architecture.sources import ROOT, planted

PLANTED = [
    ("floors", "ghar/clock.py", "from apps.accounts import rules"),
    ("floors", "ghar/clock.py", "from config import areas"),
    ("floors", "apps/accounts/rules.py", "from config import areas"),
    ("anatomy", "apps/accounts/utilities.py", "X = 1"),
    ("anatomy", "apps/accounts/selectors.py", "from apps.accounts.services import profiles"),
    ("anatomy", "apps/accounts/models.py", "from apps.accounts import selectors"),
    ("anatomy", "apps/accounts/tasks.py", "from apps.accounts import views"),
    ("anatomy", "apps/properties/rules/amounts.py", "from apps.properties.models import Property"),
    ("anatomy", "apps/gardens/helpers.py", "X = 1"),
    ("door", "apps/properties/selectors/near.py", "from apps.accounts.models import User"),
    ("door", "apps/properties/services/demo.py", "from apps.accounts import rules"),
    ("door", "apps/properties/views.py", "from apps.accounts import views as others"),
    ("door", "apps/properties/selectors/near.py", "from apps.accounts.services import profiles"),
    ("door", "apps/properties/rules/amounts.py", "from apps.accounts import selectors"),
    ("down", "apps/accounts/services/profiles.py", "from apps.properties.selectors import listings"),
    ("down", "apps/agents/views.py", "from ..properties.serializers import OwnerOut"),
    ("down", "apps/gardens/services.py", "X = 1"),
    ("plain", "apps/properties/selectors/near.py", "from rest_framework import serializers"),
    ("plain", "apps/properties/services/demo.py", "from ghar.api import pages"),
    ("plain", "apps/accounts/models.py", "import celery"),
    ("plain", "apps/accounts/events.py", "import channels.layers"),
    ("plain", "ghar/geo.py", "import mcp"),
    ("pure", "apps/accounts/rules.py", "from django.conf import settings"),
    ("pure", "apps/accounts/rules.py", "from ghar import models"),
    ("pure", "apps/properties/rules/amounts.py", "import http.client"),
    ("kernel", "ghar/limits.py", "from ghar.api import pages"),
    ("sdk", "ghar/tools.py", "from mcp.server import lowlevel"),
    ("sdk", "ghar/asgi/router.py", "import mcp_types"),
    ("sdk", "apps/visits/tools.py", "import mcp"),
    ("sdk", "config/asgi.py", "from mcp.types import Tool"),
    ("ops", "ops/doctor.py", "from ghar import clock"),
]


def lint(root: Path, *contracts: str) -> subprocess.CompletedProcess[str]:
    """import-linter over a tree, with the tree's own configuration."""
    chosen = [argument for contract in contracts for argument in ("--contract", contract)]
    return subprocess.run(
        [Path(sys.executable).parent / "lint-imports", "--no-cache", "--no-logo", *chosen],
        cwd=root,
        env={**os.environ, "PYTHONPATH": str(root)},
        capture_output=True,
        text=True,
        check=False,
    )


def test_every_contract_is_kept():
    result = lint(ROOT)
    assert result.returncode == 0, result.stdout


@pytest.mark.parametrize(("contract", "path", "line"), PLANTED)
def test_a_planted_breach_breaks_its_contract(contract, path, line, copy):
    with planted(copy, path, line):
        result = lint(copy, contract)
    assert result.returncode == 1, result.stdout
    assert "BROKEN" in result.stdout
    area_or_module = ".".join(path.removesuffix(".py").split("/")[:2])
    assert area_or_module in result.stdout.replace("\n", ""), "the message names the place"


def test_an_area_is_named_in_the_tuple_once_it_is_there(copy):
    with planted(copy, "apps/gardens/rules.py", "X = 1"):
        assert "apps.gardens is not named in config/areas.py" in lint(copy, "down").stdout
        with planted(copy, "config/areas.py", 'AREAS = ("gardens", *AREAS)'):
            assert lint(copy, "down").returncode == 0


def test_the_contracts_exempt_nothing():
    assert "ignore_imports" not in (ROOT / ".importlinter").read_text()
    assert "exhaustive_ignores" not in (ROOT / ".importlinter").read_text()
