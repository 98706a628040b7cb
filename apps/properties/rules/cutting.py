"""Taking what was understood out of a text. Pure."""

import re
from collections.abc import Callable
from typing import Any

Part = Callable[[str], tuple[str, dict[str, Any]]]
"""Cuts what it understands out of a text, and says which filters that is."""


def cut(
    pattern: re.Pattern[str], text: str, *, accept: Callable[[re.Match[str]], bool] = lambda _found: True
) -> tuple[str, re.Match[str] | None]:
    """The text without the first thing that the pattern finds and `accept` takes, and what it found."""
    found = next(filter(accept, pattern.finditer(text)), None)
    return (f"{text[: found.start()]} {text[found.end() :]}", found) if found else (text, None)
