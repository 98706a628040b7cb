"""Providers behind OpenAI's images protocol, hosted or one's own
(https://platform.openai.com/docs/api-reference/images)."""

import base64
import binascii
from dataclasses import dataclass
from typing import Any

from apps.studio.gateways import asking
from apps.studio.gateways.port import GenerationFailed, NoImageReturned, Picture


@dataclass(frozen=True)
class OpenAIImages:
    """One model at one address."""

    base_url: str
    key: str
    model: str
    seconds: float
    name: str = "openai"

    def generate(self, prompt: str, source: Picture | None) -> Picture:
        """As the port has it."""
        wish: dict[str, Any] = {"model": self.model, "prompt": prompt, "n": 1}
        if source is None:
            answer = self._ask("generations", json=wish)
        else:
            files = {"image": ("picture.jpg", source.data, source.mime_type)}
            answer = self._ask("edits", data={name: str(value) for name, value in wish.items()}, files=files)
        try:
            return _picture_of(answer)
        except (AttributeError, KeyError, TypeError, binascii.Error) as wrong:
            raise GenerationFailed from wrong

    def _ask(self, what: str, **request: Any) -> dict[str, Any]:
        headers = {"Authorization": f"Bearer {self.key}"}
        return asking.post(f"{self.base_url}/images/{what}", seconds=self.seconds, headers=headers, **request)


def _picture_of(answer: dict[str, Any]) -> Picture:
    pictures = answer.get("data") or []
    encoded = pictures[0].get("b64_json") if pictures else None
    if not encoded:
        raise NoImageReturned
    kind = answer.get("output_format") or "png"
    return Picture(base64.b64decode(encoded, validate=True), f"image/{kind}")
