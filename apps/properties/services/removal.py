"""Taking a listing out, with its pictures and amenities, unless something that is to come hangs on it.

What may hang on it is known to areas above, which say so once while they are loaded:

    removal.system_refuse_while("a visit is scheduled there", selectors.is_expected_at)
"""

from collections.abc import Callable

from django.db import transaction
from django.db.models import ProtectedError, RestrictedError

from apps.properties.events import PropertyDeleted
from apps.properties.services import listings, refusals
from ghar.actors import Actor
from ghar.events import publish

Holds = Callable[[int], bool]

_reasons: dict[str, Holds] = {}


def system_refuse_while(words: str, holds: Holds) -> None:
    """No listing is deleted while `holds(property_id)`; `words` finish the sentence of the refusal."""
    _reasons[words] = holds


@transaction.atomic
def delete_property(*, actor: Actor, property_id: int) -> None:
    """Delete a listing; what is over (visits, swipes) goes with it. Raises PropertyNotFound, NotYourListing,
    PropertyInUse."""
    listing = listings.system_hold(actor, property_id)
    for words, holds in _reasons.items():
        if holds(listing.pk):
            raise refusals.PropertyInUse(f"This listing cannot be deleted: {words}.")
    gone = PropertyDeleted(property_id=listing.pk, owner_id=listing.owner_id, actor_id=actor.id)
    try:
        with transaction.atomic():
            listing.delete()
    except (ProtectedError, RestrictedError) as held:
        raise refusals.PropertyInUse from held
    publish(gone)
