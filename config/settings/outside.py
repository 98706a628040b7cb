"""MCP servers outside, as ASSISTANT_MCP_SERVERS describes them."""

import json
import os
import re
from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

LONGEST_S = 60
_NAME = re.compile(r"[a-z][a-z0-9_]{0,30}")
_KEYS = {"name", "url", "tools", "timeout_s", "bearer", "for_guests"}


def servers(text: str) -> list[dict[str, Any]]:
    """The servers of a JSON list, their tokens read. Raises ImproperlyConfigured, which names what is wrong."""
    if not text.strip():
        return []
    try:
        described = json.loads(text)
    except ValueError as wrong:
        raise ImproperlyConfigured(f"ASSISTANT_MCP_SERVERS is not JSON: {wrong}.") from wrong
    if not isinstance(described, list) or not all(isinstance(one, dict) for one in described):
        raise ImproperlyConfigured("ASSISTANT_MCP_SERVERS must be a list of objects.")
    found = [_server(one) for one in described]
    names = [one["name"] for one in found]
    if len(set(names)) < len(names):
        raise ImproperlyConfigured("ASSISTANT_MCP_SERVERS: two servers have the same name.")
    return found


def _server(described: dict[str, Any]) -> dict[str, Any]:
    name, tools = described.get("name"), described.get("tools")
    timeout_s, variable = described.get("timeout_s", 10), described.get("bearer")
    problems = {
        "name must be of small letters, digits and _": not (isinstance(name, str) and _NAME.fullmatch(name)),
        "url must be an http or https address": not _is_address(described.get("url")),
        "tools must be a list of names": not (isinstance(tools, list) and tools and all(map(_is_text, tools))),
        f"timeout_s must be from 1 to {LONGEST_S}": not (_is_number(timeout_s) and 1 <= timeout_s <= LONGEST_S),
        "bearer must name a variable that is set": variable is not None and not _value_of(variable),
        "for_guests must be true or false": not isinstance(described.get("for_guests", False), bool),
        f"unknown: {', '.join(sorted(described.keys() - _KEYS))}": bool(described.keys() - _KEYS),
    }
    if found := [problem for problem, there in problems.items() if there]:
        raise ImproperlyConfigured(f"ASSISTANT_MCP_SERVERS: {name!r}: {'; '.join(found)}.")
    return {
        "name": name,
        "url": described["url"],
        "tools": frozenset(tools or ()),
        "timeout_s": float(timeout_s),
        "bearer": _value_of(variable) if variable else "",
        "for_guests": described.get("for_guests", False),
    }


def _is_text(value: Any) -> bool:
    return isinstance(value, str) and bool(value)


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _is_address(value: Any) -> bool:
    parts = urlsplit(value) if isinstance(value, str) else None
    return parts is not None and parts.scheme in ("http", "https") and bool(parts.hostname)


def _value_of(variable: Any) -> str:
    return os.environ.get(variable, "").strip() if isinstance(variable, str) else ""
