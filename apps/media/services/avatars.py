"""A person's picture."""

from typing import Any

from apps.accounts.services import profiles
from apps.media.models import FolderType, MediaFile, Visibility
from apps.media.selectors import library
from apps.media.services import library as keeping
from apps.media.services import uploads
from apps.media.services.taking import Given
from ghar.actors import Actor


def upload_avatar(*, actor: Actor, given: Given) -> Any:
    """Keep a picture and show it in the actor's profile, whose row is answered; earlier pictures are removed.

    Raises InvalidFile for what is no picture, and what `uploads.upload_files` raises.
    """
    (row,) = uploads.upload_files(
        actor=actor, files=[given], visibility=Visibility.PUBLIC, folder_type=FolderType.AVATAR
    )
    url = library.get_media(actor, str(row.pk))["file_url"]
    user = profiles.update_profile(actor=actor, changes={"profile_image_url": url})
    earlier = MediaFile.objects.filter(
        user_id=actor.user.id, folder_type=FolderType.AVATAR, created_at__lt=row.created_at
    )
    keeping.system_delete(ids=list(earlier.values_list("pk", flat=True)))
    return user
