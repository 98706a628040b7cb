"""The same verbs as requests of REST and of both eras of MCP."""

import random
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import orjson

from bench import visits
from bench.dataset import CENTRE
from bench.visits import Scene
from bench.writing import Asked

REST, HANDSHAKE, NEWEST = "REST", "MCP 2025-11-25", "MCP 2026-07-28"
DOORS = (REST, HANDSHAKE, NEWEST)
_ENVELOPE = {
    "io.modelcontextprotocol/protocolVersion": "2026-07-28",
    "io.modelcontextprotocol/clientCapabilities": {},
    "io.modelcontextprotocol/clientInfo": {"name": "ghar-bench", "version": "1"},
}
_LIMIT, _RADIUS_KM, _BEDROOMS = 20, 5, 2
_dice = random.Random(7)
POINTS = tuple((_dice.gauss(CENTRE[0], 0.04), _dice.gauss(CENTRE[1], 0.04)) for _ in range(40))
"""Where one searches around: another place each time."""


@dataclass(frozen=True)
class Verb:
    """Something that can be asked for at every door: the request of a number."""

    name: str
    asked: dict[str, Callable[[int, Scene], Asked]]
    writes: bool = False


def _message(door: str, method: str, params: dict[str, Any], token: str) -> Asked:
    headers = {"Accept": "application/json, text/event-stream", "MCP-Protocol-Version": "2025-11-25"}
    if door == NEWEST:
        headers |= {"MCP-Protocol-Version": "2026-07-28", "Mcp-Method": method}
        headers |= {"Mcp-Name": params["name"]} if "name" in params else {}
        params = {**params, "_meta": _ENVELOPE}
    body = {"jsonrpc": "2.0", "id": 1, "method": method, "params": params}
    return Asked(visits.MCP_PATH, orjson.dumps(body), token, headers=headers)


def _search_by_rest(number: int, scene: Scene) -> Asked:
    latitude, longitude = POINTS[number % len(POINTS)]
    query = f"lat={latitude:.5f}&lng={longitude:.5f}&radius={_RADIUS_KM}&bedrooms_min={_BEDROOMS}&limit={_LIMIT}"
    path = f"/api/v1/properties?{query}&sort_by=distance&include_total=true"
    return Asked(path, b"", scene.visitor(number).token, method="GET")


def _search_by(door: str) -> Callable[[int, Scene], Asked]:
    def asked(number: int, scene: Scene) -> Asked:
        latitude, longitude = POINTS[number % len(POINTS)]
        place = {"latitude": round(latitude, 5), "longitude": round(longitude, 5), "radius_km": _RADIUS_KM}
        params = {"name": "discovery_search", "arguments": {**place, "bedrooms_min": _BEDROOMS, "limit": _LIMIT}}
        return _message(door, "tools/call", params, scene.visitor(number).mcp_token)

    return asked


def _schedule_by_newest(number: int, scene: Scene) -> Asked:
    params = orjson.loads(visits.by_tool(number, scene).body)["params"]
    return _message(NEWEST, "tools/call", params, scene.visitor(number).mcp_token)


def tools_list(door: str) -> Callable[[int, Scene], Asked]:
    """The list that every client begins with, as somebody who has signed in."""

    def asked(number: int, scene: Scene) -> Asked:
        return _message(door, "tools/list", {}, scene.visitor(number).mcp_token)

    return asked


SEARCH = Verb("search", {REST: _search_by_rest, HANDSHAKE: _search_by(HANDSHAKE), NEWEST: _search_by(NEWEST)})
SCHEDULE = Verb(
    "schedule a visit", {REST: visits.by_rest, HANDSHAKE: visits.by_tool, NEWEST: _schedule_by_newest}, writes=True
)
VERBS = (SEARCH, SCHEDULE)


def is_refusal(door: str, answer: bytes) -> bool:
    """Does an answer with status 200 refuse what was asked? Only answers of tools may."""
    return door != REST and b'"isError":false' not in answer
