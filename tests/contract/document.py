"""The OpenAPI document, operation by operation."""

import re
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.urls import get_resolver

from config.documents import contract
from ghar.api.access import Access
from tests.access.surface import calls

CALLERS = {
    Access.PUBLIC: ["anonymous"],
    Access.OPTIONAL: ["anonymous", "owner"],
    Access.SIGNED_IN: ["owner"],
    Access.AGENT: ["agent"],
    Access.ADMIN: ["admin"],
    Access.STAFF: ["agent", "admin"],
    Access.KEYED: ["anonymous"],
}
ACCESS = {
    (call.method, "/" + re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", call.route)): call.access
    for call in calls(get_resolver().url_patterns)
}


@cache
def document() -> dict[str, Any]:
    """The document that the code makes."""
    return contract.document()


@dataclass(frozen=True)
class Described:
    """An operation of the document."""

    method: str
    path: str
    content: dict[str, Any]

    def __str__(self) -> str:
        return f"{self.method} {self.path}"

    @property
    def takes_input(self) -> bool:
        """Could a request be wrong at all? Any text is right in an address that takes text."""
        parameters = [given for given in self.content.get("parameters", []) if not _is_text_in_the_address(given)]
        return bool(parameters or self.content.get("requestBody"))

    @property
    def callers(self) -> list[str]:
        """Whom of the cast it lets in, and nobody where it answers nobody too."""
        return CALLERS[ACCESS[self.method, self.path]]


def _is_text_in_the_address(parameter: dict[str, Any]) -> bool:
    return parameter["in"] == "path" and parameter["schema"] == {"type": "string"}


def operations(described: dict[str, Any]) -> list[Described]:
    """Every operation in a document."""
    return [
        Described(method.upper(), path, content)
        for path, methods in described["paths"].items()
        for method, content in methods.items()
    ]
