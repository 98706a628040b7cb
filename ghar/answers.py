"""What tools answer: models that describe an answer and never make it. Clients check results by their JSON schema.

    class Noted(Answer):
        \"\"\"The wish as it is kept.\"\"\"

        wish: Wish

The area's `serializers` hold them, and `@tool(answers=Noted)` names one. Keys that a model does not name may stand
beside the others, so a further key breaks no client that remembers an older list of tools.
"""

from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import GenerateJsonSchema, models_json_schema


class Answer(BaseModel):
    """Base of all answers and their parts."""


class PageOut(Answer):
    """What stands beside the rows of every list. `total` is of all pages, where that was counted."""

    next_cursor: str | None
    has_more: bool
    limit: int
    total: int | None


class _Brief(GenerateJsonSchema):
    """Says the same in half the bytes, because a list of tools has the schemas of all: no titles that repeat every
    name, no defaults, and what may be null in one word."""

    def field_title_should_be_set(self, schema: Any) -> bool:
        return False

    def default_schema(self, schema: Any) -> dict[str, Any]:
        return self.generate_inner(schema["schema"])

    def nullable_schema(self, schema: Any) -> dict[str, Any]:
        inner: dict[str, Any] = self.generate_inner(schema["schema"])
        return {**inner, "type": [inner["type"], "null"]} if isinstance(inner.get("type"), str) else _or_null(inner)


def _or_null(inner: dict[str, Any]) -> dict[str, Any]:
    return {"anyOf": [inner, {"type": "null"}]} if inner else inner


def schema_of(*kinds: type[Answer]) -> dict[str, Any]:
    """The JSON schema (draft 2020-12) of an object that is one of these."""
    named, definitions = models_json_schema([(kind, "validation") for kind in kinds], schema_generator=_Brief)
    for one in definitions["$defs"].values():
        one.pop("title")
    return {"type": "object", "anyOf": list(named.values()), **definitions}
