"""`docs/reference/operations.md`: every operation, by area, with its access and its inputs."""

from collections.abc import Iterable
from typing import Any

from config.areas import AREAS
from config.documents import shapes
from config.documents.addresses import Address, addresses
from ghar.api.access import Access

_INTRODUCTION = """# Operations

What the platform answers over HTTP, by area. Every path is also answered with a slash at its end. The same
operations with the shapes of their answers are in the OpenAPI document (`/api/v1/docs`, `/openapi.json`).

| access | who |
|---|---|
"""

_PAGE = "`cursor`, `limit`, `include_total`: the page, as in every list"


def text() -> str:
    """The page."""
    found = addresses()
    kinds = "\n".join(f"| {access.value} | {_MEANING[access]} |" for access in Access)
    parts = [f"{_INTRODUCTION}{kinds}", *(_section(area, found) for area in (*AREAS, "platform")), _pages(found)]
    return "\n\n".join(part for part in parts if part) + "\n"


_MEANING = {
    Access.PUBLIC: "a token is not looked at",
    Access.OPTIONAL: "everybody, and more for those who are signed in",
    Access.SIGNED_IN: "a bearer token of an active user",
    Access.AGENT: "agents only",
    Access.ADMIN: "admins only",
    Access.STAFF: "agents and admins",
    Access.KEYED: "a key, signature or session of the operation's own kind",
}


def _section(area: str, found: Iterable[Address]) -> str:
    own = [_operation(address) for address in found if address.area == area and address.operation]
    return "\n\n".join([f"## {area}", *own]) if own else ""


def _operation(address: Address) -> str:
    declared: Any = address.operation
    lines = [
        f"### {address.method} {address.path}",
        "",
        f"`{declared.name}`, {declared.access.value}. {address.meaning}",
    ]
    refusals = [f"`{refusal.code}` ({refusal.status})" for refusal in declared.refusals]
    return "\n".join(
        [
            *lines,
            *_inputs("Query", _query(declared)),
            *_inputs("Body", _body(declared)),
            *_inputs("Refused with", refusals),
        ]
    )


def _query(declared: Any) -> list[str]:
    if declared.query is None:
        return []
    lines = shapes.lines(declared.query)
    page = ("`cursor`", "`limit`", "`include_total`")
    return [*(line for line in lines if not line.startswith(page)), _PAGE] if declared.page else lines


def _body(declared: Any) -> list[str]:
    return shapes.lines(declared.body) if declared.body else []


def _inputs(title: str, lines: list[str]) -> list[str]:
    return ["", f"{title}:", "", *(f"- {line}" for line in lines)] if lines else []


def _pages(found: Iterable[Address]) -> str:
    rows = [f"| `{address.path}` | {address.meaning} |" for address in found if not address.operation]
    return "\n".join(["## Pages of the platform", "", "| path | what |", "|---|---|", *rows])
