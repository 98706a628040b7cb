"""Who adds files to a listing. The media area asks this (the setting MEDIA_PLACES)."""

from apps.properties import permissions
from apps.properties.models import Property
from ghar.actors import Actor


def may_add_to(actor: Actor, property_id: str) -> bool:
    """Whoever may change the listing."""
    if not (property_id.isascii() and property_id.isdigit()):
        return False
    listing = Property.objects.select_related("owner__agent").filter(pk=int(property_id)).first()
    return listing is not None and permissions.can_manage(actor, listing)
