"""The contracts of `.importlinter` hold, and each of them fails when somebody breaks it."""

import os
import subprocess
import sys
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.architecture.sources import ROOT, planted

PLANTED = {
    "floors": [
        ("ghar/clock.py", "from apps.accounts import rules", "ghar.clock -> apps.accounts.rules"),
        ("ghar/clock.py", "from config import areas", "ghar.clock -> config.areas"),
        ("apps/accounts/rules.py", "from config import areas", "apps.accounts.rules -> config.areas"),
    ],
    "anatomy": [
        ("apps/accounts/utilities.py", "X = 1", "- apps.accounts.utilities"),
        ("apps/gardens/helpers.py", "X = 1", "- apps.gardens.helpers"),
        (
            "apps/accounts/selectors.py",
            "from apps.accounts.services import profiles",
            "selectors -> apps.accounts.services",
        ),
        ("apps/accounts/models.py", "from apps.accounts import selectors", "models -> apps.accounts.selectors"),
        ("apps/accounts/tasks.py", "from apps.accounts import views", "tasks -> apps.accounts.views"),
        (
            "apps/properties/rules/amounts.py",
            "from apps.properties.models import Property",
            "amounts -> apps.properties.models",
        ),
    ],
    "door": [
        ("apps/properties/selectors/near.py", "from apps.accounts.models import User", "near -> apps.accounts.models"),
        (
            "apps/properties/selectors/near.py",
            "from apps.accounts.services import profiles",
            "near -> apps.accounts.services",
        ),
        ("apps/properties/services/demo.py", "from apps.accounts import rules", "demo -> apps.accounts.rules"),
        ("apps/properties/views.py", "from apps.accounts import views as others", "views -> apps.accounts.views"),
        (
            "apps/properties/rules/amounts.py",
            "from apps.accounts import selectors",
            "amounts -> apps.accounts.selectors",
        ),
    ],
    "down": [
        (
            "apps/accounts/services/profiles.py",
            "from apps.properties.selectors import listings",
            "profiles -> apps.properties",
        ),
        (
            "apps/agents/views.py",
            "from ..properties.serializers import OwnerOut",
            "views -> apps.properties.serializers",
        ),
        ("apps/gardens/services.py", "X = 1", "- apps.gardens is not named"),
    ],
    "plain": [
        ("apps/properties/selectors/near.py", "from rest_framework import serializers", "near -> rest_framework"),
        ("apps/properties/services/demo.py", "from ghar.api import pages", "demo -> ghar.api.pages"),
        ("apps/accounts/models.py", "import celery", "apps.accounts.models -> celery"),
        ("apps/accounts/events.py", "import channels.layers", "apps.accounts.events -> channels"),
        ("ghar/geo.py", "import mcp", "ghar.geo -> mcp"),
    ],
    "pure": [
        ("apps/accounts/rules.py", "from django.conf import settings", "rules -> django"),
        ("apps/accounts/rules.py", "from ghar import models", "rules -> ghar.models"),
        ("apps/properties/rules/amounts.py", "import http.client", "amounts -> http"),
    ],
    "kernel": [("ghar/limits.py", "from ghar.api import pages", "ghar.limits -> ghar.api.pages")],
    "sdk": [
        ("ghar/tools.py", "from mcp.server import lowlevel", "ghar.tools -> mcp"),
        ("ghar/asgi/router.py", "import mcp_types", "ghar.asgi.router -> mcp_types"),
        ("apps/visits/tools.py", "import mcp", "apps.visits.tools -> mcp"),
        ("config/asgi.py", "from mcp.types import Tool", "config.asgi -> mcp"),
    ],
    "ops": [("ops/doctor.py", "from ghar import clock", "ops.doctor -> ghar.clock")],
}
"""Breaches of each contract: the file, the line, and what the message names."""


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


@pytest.mark.parametrize("contract", PLANTED)
def test_every_planted_breach_of_a_contract_is_named(contract, copy):
    """All of them at once, since each has a message of its own."""
    with ExitStack() as stack:
        for path, line, _ in PLANTED[contract]:
            stack.enter_context(planted(copy, path, line))
        result = lint(copy, contract)
    assert result.returncode == 1, result.stdout
    assert "BROKEN" in result.stdout
    said = result.stdout.replace("\n", "")
    assert [named for _, _, named in PLANTED[contract] if named not in said] == []


def test_an_area_is_named_in_the_tuple_once_it_is_there(copy):
    with planted(copy, "apps/gardens/rules.py", "X = 1"):
        assert "apps.gardens is not named in config/areas.py" in lint(copy, "down").stdout
        with planted(copy, "config/areas.py", 'AREAS = ("gardens", *AREAS)'):
            assert lint(copy, "down").returncode == 0


def test_the_contracts_exempt_nothing():
    assert "ignore_imports" not in (ROOT / ".importlinter").read_text()
    assert "exhaustive_ignores" not in (ROOT / ".importlinter").read_text()
