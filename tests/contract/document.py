"""The OpenAPI document, operation by operation."""

from dataclasses import dataclass
from functools import cache
from typing import Any

from config.documents import contract


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
        """Could a request be wrong at all?"""
        return bool(self.content.get("parameters") or self.content.get("requestBody"))

    @property
    def callers(self) -> list[str]:
        """Whom it answers differently: anonymous, signed in, or both."""
        security = self.content.get("security", [])
        if not security:
            return ["anonymous"]
        return ["anonymous", "owner"] if {} in security else ["owner"]


def operations(described: dict[str, Any]) -> list[Described]:
    """Every operation in a document."""
    return [
        Described(method.upper(), path, content)
        for path, methods in described["paths"].items()
        for method, content in methods.items()
    ]
