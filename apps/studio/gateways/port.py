"""What every image provider does, and how it fails."""

from dataclasses import dataclass
from typing import Protocol

from ghar.errors import DomainError, TooMany


class GenerationFailed(DomainError):
    """The image provider did not do its work."""

    status = 422
    code = "GENERATION_FAILED"
    message = "The picture could not be made. Please try again."


class GenerationTimedOut(GenerationFailed):
    """The image provider took too long."""

    code = "TIMEOUT"
    message = "Making the picture took too long. Please try again."


class ContentBlocked(GenerationFailed):
    """The image provider does not make such pictures."""

    code = "CONTENT_BLOCKED"
    message = "Such a picture is not made. Please describe something else."


class NoImageReturned(GenerationFailed):
    """The image provider answered without a picture."""

    code = "NO_IMAGE_RETURNED"
    message = "No picture came back. Please describe it in other words."


class QuotaExceeded(TooMany):
    """No more pictures for now: of this person, or of the provider."""

    code = "QUOTA_EXCEEDED"
    message = "No more pictures can be made for now."


@dataclass(frozen=True)
class Picture:
    """A picture's bytes and what they are."""

    data: bytes
    mime_type: str


class ImageProvider(Protocol):
    """A model at an address."""

    @property
    def name(self) -> str:
        """Whose it is."""

    @property
    def model(self) -> str:
        """Which one."""

    def generate(self, prompt: str, source: Picture | None) -> Picture:
        """A picture of what the words say, or of what they do to another picture.

        Raises GenerationFailed and its kinds, and QuotaExceeded.
        """
