"""Texts that fit where they go."""

import json
from collections.abc import Mapping
from typing import Any

ELLIPSIS = "…"


def shortened(text: str, most_bytes: int) -> str:
    """The text, or as much of its beginning as fits into so many bytes of UTF-8 with an ellipsis."""
    whole = text.encode()
    if len(whole) <= most_bytes:
        return text
    return whole[: most_bytes - len(ELLIPSIS.encode())].decode(errors="ignore").rstrip() + ELLIPSIS


def as_texts(data: Mapping[str, Any]) -> dict[str, str]:
    """Every value as text, which is all that push data may hold: texts as they are, anything else as JSON."""
    return {name: value if isinstance(value, str) else json.dumps(value) for name, value in data.items()}
