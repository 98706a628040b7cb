"""A language model behind the gateway: it answers what the test wrote down, in the protocol's own chunks."""

import json
from collections.abc import Callable
from typing import Any

import httpx2


def chunk(**delta: Any) -> str:
    """One event of a streamed answer."""
    return f"data: {json.dumps({'choices': [{'index': 0, 'delta': delta}]})}\n\n"


def says(*parts: str) -> str:
    """An answer in words."""
    return "".join(chunk(content=part) for part in parts) + "data: [DONE]\n\n"


def calls(name: str, arguments: Any, call_id: str = "call_1") -> str:
    """An answer that asks for a tool, its arguments in two pieces as models send them."""
    text = arguments if isinstance(arguments, str) else json.dumps(arguments)
    half = len(text) // 2
    first = {"index": 0, "id": call_id, "type": "function", "function": {"name": name, "arguments": text[:half]}}
    rest = {"index": 0, "function": {"arguments": text[half:]}}
    return chunk(tool_calls=[first]) + chunk(tool_calls=[rest]) + "data: [DONE]\n\n"


class Model:
    """Answers one script after the other; `requests` are the bodies it was sent."""

    def __init__(self, *scripts: str | int | Callable[[dict[str, Any]], str]) -> None:
        self.scripts = list(scripts)
        self.requests: list[dict[str, Any]] = []
        self.transport = httpx2.MockTransport(self._answer)

    def _answer(self, request: httpx2.Request) -> httpx2.Response:
        body = json.loads(request.content)
        self.requests.append(body)
        script = self.scripts.pop(0) if len(self.scripts) > 1 else self.scripts[0]
        if isinstance(script, int):
            return httpx2.Response(script, text="secret detail of the upstream")
        text = script if isinstance(script, str) else script(body)
        return httpx2.Response(200, text=text, headers={"content-type": "text/event-stream"})


def provider(name: str, model: Model) -> dict[str, Any]:
    """A setting that leads to the model."""
    return {
        "name": name,
        "base_url": f"https://{name}.example/v1",
        "key": "k",
        "model": "m",
        "transport": model.transport,
    }
