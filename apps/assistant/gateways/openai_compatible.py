"""Language models behind the chat-completions protocol: Gemini's compatible door, GLM, Groq and others."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Any

import httpx2
import orjson
import structlog

from apps.assistant.rules import pieces
from apps.assistant.rules.pieces import Call, ChatMessage, Offer, Text

log = structlog.get_logger(__name__)

CONNECT_S, READ_S = 5.0, 30.0
LONGEST_ANSWER = 100_000


class ProviderFailed(Exception):
    """A provider did not answer usefully. `reason` is a sentence that may be shown."""

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(reason)


@dataclass
class _Draft:
    """A call whose parts are still coming."""

    call_id: str = ""
    tool: str = ""
    arguments: str = ""


@dataclass
class _Answer:
    """What has come of a streamed answer."""

    drafts: dict[int, _Draft] = field(default_factory=dict)
    length: int = 0

    def text_of(self, event: dict[str, Any]) -> str:
        """The text of one event; the parts of calls are put aside."""
        choices = event.get("choices") or [{}]
        delta = choices[0].get("delta") or {}
        for place, part in enumerate(delta.get("tool_calls") or []):
            self._add(part.get("index", place), part)
        text = delta.get("content") or ""
        self.length += len(text)
        if self.length > LONGEST_ANSWER:
            raise ProviderFailed("The answer became too long.")
        return text

    def _add(self, index: int, part: dict[str, Any]) -> None:
        draft = self.drafts.setdefault(index, _Draft())
        function = part.get("function") or {}
        draft.call_id = part.get("id") or draft.call_id
        draft.tool = function.get("name") or draft.tool
        draft.arguments += function.get("arguments") or ""
        self.length += len(function.get("arguments") or "")

    def calls(self) -> list[Call]:
        """The calls that were asked for."""
        return [
            Call(draft.call_id or f"call-{index}", draft.tool, pieces.arguments_of(draft.arguments))
            for index, draft in sorted(self.drafts.items())
        ]


@dataclass(frozen=True)
class OpenAICompatible:
    """One model at one address. `transport` stands in for the network in tests."""

    name: str
    base_url: str
    key: str
    model: str
    transport: httpx2.AsyncBaseTransport | None = None

    async def stream(self, messages: list[ChatMessage], offers: list[Offer]) -> AsyncIterator[Text | Call]:
        """The answer as it comes; calls stand at its end. Raises ProviderFailed."""
        body: dict[str, Any] = {"model": self.model, "messages": messages, "stream": True}
        if offers:
            body["tools"] = [_as_function(offer) for offer in offers]
        answer = _Answer()
        try:
            async with self._client() as client, client.stream("POST", self._url, json=body) as response:
                await self._check(response)
                async for line in response.aiter_lines():
                    if text := answer.text_of(_event_of(line)):
                        yield Text(text)
        except (httpx2.HTTPError, ValueError, KeyError, AttributeError, TypeError) as fault:
            log.warning("a language model failed", provider=self.name, error=repr(fault))
            raise ProviderFailed(f"{self.name} did not answer.") from fault
        for call in answer.calls():
            yield call

    @property
    def _url(self) -> str:
        return f"{self.base_url.rstrip('/')}/chat/completions"

    def _client(self) -> httpx2.AsyncClient:
        return httpx2.AsyncClient(
            headers={"Authorization": f"Bearer {self.key}", "User-Agent": "ghar/assistant"},
            timeout=httpx2.Timeout(READ_S, connect=CONNECT_S),
            transport=self.transport,
            trust_env=False,
        )

    async def _check(self, response: httpx2.Response) -> None:
        if not response.is_success:
            said = (await response.aread())[:500]
            log.warning("a language model refused", provider=self.name, status=response.status_code, said=said)
            raise ProviderFailed(f"{self.name} answered with an error ({response.status_code}).")


def _event_of(line: str) -> dict[str, Any]:
    """The JSON of a `data:` line; any other line, and the end mark, say nothing."""
    data = line.removeprefix("data:").strip()
    if not line.startswith("data:") or data in ("", "[DONE]"):
        return {}
    event: dict[str, Any] = orjson.loads(data)
    return event


def _as_function(offer: Offer) -> dict[str, Any]:
    function = {"name": offer.name, "description": offer.description, "parameters": dict(offer.schema)}
    return {"type": "function", "function": function}
