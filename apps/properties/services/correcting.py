"""What staff put right in a listing."""

from typing import Any

from django.db import transaction

from apps.properties import permissions
from apps.properties.events import PropertyUpdated
from apps.properties.models import Property
from apps.properties.rules import markup
from apps.properties.selectors.listings import PropertyNotFound
from ghar.actors import Actor
from ghar.errors import Invalid, NotAllowed
from ghar.events import publish

_CLEANED = {"title": markup.title, "description": markup.description}


class OnlyAdmins(NotAllowed):
    """Only an admin may correct other people's listings."""

    code = "ADMIN_REQUIRED"
    message = "Only an admin may do this."


@transaction.atomic
def correct_listing(*, actor: Actor, property_id: int, changes: dict[str, Any]) -> Property:
    """Write the given columns of a listing, and no others, under its lock. Markup is reduced as everywhere.

    Raises OnlyAdmins, PropertyNotFound, and Invalid for a title without any text.
    """
    if not permissions.can_correct(actor):
        raise OnlyAdmins
    listing = Property.objects.select_for_update().filter(pk=property_id).first()
    if listing is None:
        raise PropertyNotFound
    for name, value in changes.items():
        setattr(listing, name, _CLEANED[name](value) if value and name in _CLEANED else value)
    if not listing.title:
        raise Invalid.field("title", "A title has some text.")
    listing.save(update_fields=[*changes, "updated_at"])
    publish(
        PropertyUpdated(
            property_id=listing.pk, owner_id=listing.owner_id, actor_id=actor.id, changed=tuple(sorted(changes))
        )
    )
    return listing
