"""Google's Gemini as an image provider (https://ai.google.dev/api/generate-content)."""

import base64
import binascii
from dataclasses import dataclass
from typing import Any

from apps.studio.gateways import asking
from apps.studio.gateways.port import ContentBlocked, GenerationFailed, NoImageReturned, Picture

_BLOCKED = frozenset(
    {"SAFETY", "IMAGE_SAFETY", "PROHIBITED_CONTENT", "IMAGE_PROHIBITED_CONTENT", "BLOCKLIST", "RECITATION", "SPII"}
)


@dataclass(frozen=True)
class Gemini:
    """One of its models. The key travels in a header, so it stands in nobody's log of addresses."""

    base_url: str
    key: str
    model: str
    seconds: float
    name: str = "gemini"

    def generate(self, prompt: str, source: Picture | None) -> Picture:
        """As the port has it."""
        parts: list[dict[str, Any]] = [{"text": prompt}]
        if source is not None:
            data = base64.b64encode(source.data).decode()
            parts.append({"inlineData": {"mimeType": source.mime_type, "data": data}})
        body = {
            "contents": [{"role": "user", "parts": parts}],
            "generationConfig": {"responseModalities": ["TEXT", "IMAGE"]},
        }
        url = f"{self.base_url}/models/{self.model}:generateContent"
        answer = asking.post(url, seconds=self.seconds, json=body, headers={"x-goog-api-key": self.key})
        try:
            return _picture_of(answer)
        except (AttributeError, KeyError, TypeError, binascii.Error) as wrong:
            raise GenerationFailed from wrong


def _picture_of(answer: dict[str, Any]) -> Picture:
    if (answer.get("promptFeedback") or {}).get("blockReason"):
        raise ContentBlocked
    candidates = answer.get("candidates") or [{}]
    parts = (candidates[0].get("content") or {}).get("parts") or []
    for part in parts:
        if (inline := part.get("inlineData")) and not part.get("thought"):
            return Picture(base64.b64decode(inline["data"], validate=True), inline["mimeType"])
    raise ContentBlocked if candidates[0].get("finishReason") in _BLOCKED else NoImageReturned
