"""Which language models answer, in which order."""

from collections.abc import AsyncIterator
from typing import Protocol

from django.conf import settings

from apps.assistant.gateways.openai_compatible import OpenAICompatible
from apps.assistant.rules.pieces import Call, ChatMessage, Offer, Text
from apps.assistant.services.offline import Offline


class Provider(Protocol):
    """Something that continues a talk."""

    @property
    def name(self) -> str:
        """What it is called on the wire."""

    def stream(self, messages: list[ChatMessage], offers: list[Offer]) -> AsyncIterator[Text | Call]:
        """Text as it comes, and the calls it asks for. Raises ProviderFailed."""


def system_chain() -> list[Provider]:
    """Those that have a key, in their order; without any key the offline one."""
    keyed: list[Provider] = [OpenAICompatible(**provider) for provider in settings.AI_PROVIDERS if provider["key"]]
    return keyed or [Offline()]
