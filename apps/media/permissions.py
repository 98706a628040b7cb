"""Whose files are whose, and to what files may be added."""

from django.conf import settings
from django.db.models import Q
from django.utils.module_loading import import_string

from ghar.actors import Actor


def visible_to(actor: Actor) -> Q:
    """Files are seen by those who uploaded them; the staff screen asks for itself."""
    return Q(user_id=actor.id)


def can_add_to(actor: Actor, kind: str, place_id: str) -> bool:
    """May the actor add files to this listing or tour? The area that has it says so (MEDIA_PLACES)."""
    decides = settings.MEDIA_PLACES.get(kind)
    return decides is not None and bool(import_string(decides)(actor, place_id))


def can_administer(actor: Actor) -> bool:
    """May remove files of others."""
    return actor.is_admin
