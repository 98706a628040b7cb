"""What changed between two OpenAPI documents, in lines that a reviewer can read."""

from collections.abc import Iterator
from typing import Any


def differences(promised: Any, now: Any, at: str = "") -> list[str]:
    """One line for each place where the documents differ: where it is, what stood there, what stands there now."""
    if isinstance(promised, dict) and isinstance(now, dict):
        return list(_between(promised, now, at))
    return [] if promised == now else [f"changed {at}: {_short(promised)} is now {_short(now)}"]


def _between(promised: dict[str, Any], now: dict[str, Any], at: str) -> Iterator[str]:
    for name in sorted(promised.keys() | now.keys()):
        place = f"{at} > {name}" if at else name
        if name not in now:
            yield f"removed {place}"
        elif name not in promised:
            yield f"added {place}"
        else:
            yield from differences(promised[name], now[name], place)


def _short(value: Any) -> str:
    text = repr(value)
    return text if len(text) < 200 else f"{text[:200]}..."
