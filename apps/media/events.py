"""What happens to files."""

from dataclasses import dataclass

from ghar.events import Event


@dataclass(frozen=True)
class MediaUploaded(Event):
    """A file is there, looked at and complete."""

    media_id: str
    user_id: int
    mime_type: str
