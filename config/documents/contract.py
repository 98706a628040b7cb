"""`tests/contract/openapi.json`: the OpenAPI document that clients were promised."""

from typing import Any

import orjson
from drf_spectacular.generators import SchemaGenerator


def document() -> dict[str, Any]:
    """The document as JSON values, without what differs between deployments."""
    made: dict[str, Any] = orjson.loads(orjson.dumps(SchemaGenerator().get_schema(request=None, public=True)))
    made.pop("servers", None)
    made["info"].pop("version", None)
    return made


def text() -> str:
    """The file."""
    return orjson.dumps(document(), option=orjson.OPT_INDENT_2 | orjson.OPT_SORT_KEYS).decode() + "\n"
