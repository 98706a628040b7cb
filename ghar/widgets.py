"""The views in which hosts show the results of tools: one HTML file each, built from `widgets/` and committed.

The kernel knows no area; what there is stands in the manifest that the build writes.
"""

import base64
import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from types import MappingProxyType

from django.conf import settings

BUILT = Path(__file__).resolve().parents[1] / "static" / "widgets"
_PART = re.compile(r"<(script|style)>(.*?)</\1>", re.DOTALL)


@dataclass(frozen=True)
class Widget:
    """A view. `name` is what `widget=` of a tool says."""

    name: str
    title: str
    description: str
    html: str

    @cached_property
    def version(self) -> str:
        """Eight digits that change with the content."""
        return hashlib.md5(self.html.encode(), usedforsecurity=False).hexdigest()[:8]

    @cached_property
    def policy(self) -> str:
        """The content security policy to serve it with: nothing runs but its one script and its one style."""
        parts = {kind: hashlib.sha256(text.encode()).digest() for kind, text in _PART.findall(self.html)}
        hashes = {f"{kind}-src": [f"'sha256-{base64.b64encode(sum_).decode()}'"] for kind, sum_ in parts.items()}
        directives = settings.WIDGET_SECURITY_POLICY | hashes
        return "; ".join(f"{name} {' '.join(values)}" for name, values in directives.items())


@cache
def everything() -> Mapping[str, Widget]:
    """The widgets that are built, by name."""
    manifest = json.loads((BUILT / "manifest.json").read_text(encoding="utf-8"))
    return MappingProxyType({name: _read(name, **about) for name, about in manifest["widgets"].items()})


def _read(name: str, *, title: str, description: str, **_: str) -> Widget:
    return Widget(name, title, description, (BUILT / f"{name}.html").read_text(encoding="utf-8"))


def find(name: str | None) -> Widget | None:
    """The widget of that name. Tools may name one that comes later."""
    return everything().get(name) if name is not None else None
