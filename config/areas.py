"""The product areas, ground floor first. An area may import only areas before it.

INSTALLED_APPS, URLs and ASGI routes are derived from this tuple: adding an area is one folder and one line here.
"""

import importlib
import importlib.util
from types import ModuleType

AREAS: tuple[str, ...] = (
    "accounts",
    "identity",
    "media",
    "notifications",
    "support",
    "agents",
    "properties",
    "discovery",
    "visits",
    "studio",
    "links",
    "oauth",
    "assistant",
    "history",
)

INSTALLED_AREAS: list[str] = [f"apps.{area}" for area in AREAS]


def modules(name: str) -> list[ModuleType]:
    """The module called `name` of every area that has one, ground floor first."""
    paths = [f"{area}.{name}" for area in INSTALLED_AREAS]
    return [importlib.import_module(path) for path in paths if importlib.util.find_spec(path)]
