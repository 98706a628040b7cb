"""A person's picture."""

from typing import Any
from uuid import UUID

from django.db import transaction

from apps.accounts.services import profiles
from apps.media.models import FolderType, MediaFile, UploadStatus, Visibility
from apps.media.selectors import library
from apps.media.services import library as keeping
from apps.media.services import uploads
from apps.media.services.taking import Given
from ghar.actors import Actor
from ghar.db import locks


def upload_avatar(*, actor: Actor, given: Given) -> Any:
    """Keep a picture and show it in the actor's profile, whose row is answered; earlier pictures are removed.

    Raises InvalidFile for what is no picture, and what `uploads.upload_files` raises.
    """
    uploads.upload_files(actor=actor, files=[given], visibility=Visibility.PUBLIC, folder_type=FolderType.AVATAR)
    user, earlier = _show_newest(actor)
    keeping.system_delete(ids=earlier)
    return user


@transaction.atomic
def _show_newest(actor: Actor) -> tuple[Any, list[UUID]]:
    """Of several that come at once the newest is shown, and the others are the earlier ones."""
    locks.hold(f"avatar of {actor.id}")
    own = MediaFile.objects.filter(
        user_id=actor.user.id, folder_type=FolderType.AVATAR, upload_status=UploadStatus.COMPLETE
    )
    ids = list(own.order_by("-created_at", "-pk").values_list("pk", flat=True))
    if not ids:
        raise library.MediaNotFound  # its person has removed it in this moment
    url = library.get_media(actor, str(ids[0]))["file_url"]
    return profiles.update_profile(actor=actor, changes={"profile_image_url": url}), ids[1:]
