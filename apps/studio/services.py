"""Pictures made of words, or of words and a picture."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from uuid import UUID

import structlog
from django.conf import settings
from django.db import transaction

from apps.media.services import uploads
from apps.media.services.taking import Given
from apps.studio import rules
from apps.studio.gateways.gemini import Gemini
from apps.studio.gateways.openai_images import OpenAIImages
from apps.studio.gateways.port import ImageProvider, NoImageReturned, Picture, QuotaExceeded
from apps.studio.models import Generation, GenerationStatus, Mode
from apps.studio.selectors import DAY
from ghar import clock, pictures
from ghar.actors import Actor
from ghar.db import locks
from ghar.errors import BadRequest, DomainError, Invalid, Unavailable

log = structlog.get_logger(__name__)

_PROVIDERS: dict[str, Callable[..., ImageProvider]] = {"gemini": Gemini, "openai": OpenAIImages}


class StudioNotSetUp(Unavailable):
    """This deployment has no image provider."""

    message = "This server makes no pictures: no image provider is set up (STUDIO_API_KEY)."


class StudioBusy(Unavailable):
    """As many pictures are being made as this process makes at once."""

    code = "STUDIO_BUSY"
    message = "Other pictures are being made. Please try again in a moment."


class PictureMissing(BadRequest):
    """A picture of a picture needs one."""

    message = "image is required for image-to-image."


@dataclass(frozen=True)
class Made:
    """A picture as the provider made it, and where it was kept."""

    picture: Picture
    media_id: UUID | None


def generate_image(*, actor: Actor, mode: str, prompt: str, image: str | None = None) -> Made:
    """Have a picture made. `image` is base64, for image-to-image only. What was asked for is noted, also when it fails.

    It is kept among the actor's private files; when that fails, the actor gets what was paid for all the same.

    Raises PictureMissing, Invalid for what is no picture, StudioNotSetUp, StudioBusy, QuotaExceeded, and what the
    provider raises. The provider is asked outside of any transaction.
    """
    source = _source(mode, image)
    provider = _provider()
    with _one_of_few():
        wish = _note(actor, mode, prompt, provider)
        try:
            picture = _insist_on_picture(provider.generate(prompt, source))
        except DomainError as failure:
            _finish(wish, GenerationStatus.FAILED, failure=failure.code)
            raise
        media_id = _keep(actor, picture)
        size, kind = len(picture.data), picture.mime_type[:50]
        _finish(wish, GenerationStatus.SUCCEEDED, mime_type=kind, file_size=size, media_id=media_id)
    return Made(picture, media_id)


def _source(mode: str, image: str | None) -> Picture | None:
    if mode == Mode.TEXT_TO_IMAGE:
        return None
    if not image:
        raise PictureMissing
    try:
        return Picture(rules.prepared(image), "image/jpeg")
    except (pictures.NotAPicture, pictures.TooManyPixels) as wrong:
        raise Invalid.field("image", "Must be a JPEG, PNG or WebP picture of at most 40 megapixels.") from wrong


def _keep(actor: Actor, picture: Picture) -> UUID | None:
    name = f"design.{picture.mime_type.partition('/')[2]}"
    given = Given(BytesIO(picture.data), len(picture.data), name, picture.mime_type)
    try:
        (kept,) = uploads.upload_files(actor=actor, files=[given], visibility="private")
    except DomainError as fault:
        log.warning("a made picture was not kept", error=fault.code)
        return None
    return kept.pk


def _insist_on_picture(found: Picture) -> Picture:
    if not found.data or not found.mime_type.startswith("image/"):
        raise NoImageReturned
    return found


def _provider() -> ImageProvider:
    if not settings.STUDIO_API_KEY:
        raise StudioNotSetUp
    return _PROVIDERS[settings.STUDIO_PROVIDER](
        base_url=settings.STUDIO_API_BASE,
        key=settings.STUDIO_API_KEY,
        model=settings.STUDIO_MODEL,
        seconds=settings.STUDIO_TIMEOUT_S,
    )


@cache
def _places() -> threading.BoundedSemaphore:
    return threading.BoundedSemaphore(settings.STUDIO_AT_ONCE)


@contextmanager
def _one_of_few() -> Iterator[None]:
    """A call lasts minutes and holds a thread of the web process, so few may at a time."""
    places = _places()
    if not places.acquire(blocking=False):
        raise StudioBusy
    try:
        yield
    finally:
        places.release()


@transaction.atomic
def _note(actor: Actor, mode: str, prompt: str, provider: ImageProvider) -> Generation:
    """The row of a wish, unless this person has had all of a day."""
    locks.hold(f"studio of {actor.id}")
    recent = Generation.objects.filter(user=actor.user, created_at__gt=clock.now() - DAY)
    days = list(recent.order_by("-created_at").values_list("created_at", flat=True)[: settings.STUDIO_A_DAY])
    if len(days) >= settings.STUDIO_A_DAY:
        wait = days[-1] + DAY - clock.now() if days else DAY
        raise QuotaExceeded(headers={"Retry-After": str(max(1, round(wait.total_seconds())))})
    return Generation.objects.create(
        user=actor.user, mode=mode, prompt=prompt, provider=provider.name, model=provider.model
    )


def _finish(wish: Generation, status: GenerationStatus, **values: object) -> None:
    Generation.objects.filter(pk=wish.pk).update(status=status, finished_at=clock.now(), **values)
