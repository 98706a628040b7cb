"""Which amenities a listing has."""

from collections.abc import Collection

from apps.properties.models import Amenity, Property, PropertyAmenity
from ghar.errors import Invalid


def system_ids(listing: Property) -> set[int]:
    """The amenities that it has."""
    return set(listing.property_amenities.values_list("amenity_id", flat=True))


def system_set_amenities(listing: Property, amenity_ids: Collection[int]) -> None:
    """Make these its amenities. Raises Invalid for one that is not in the vocabulary, or is retired and new here."""
    wanted, present = set(amenity_ids), system_ids(listing)
    _insist_on_known(wanted - present)
    listing.property_amenities.filter(amenity_id__in=present - wanted).delete()
    PropertyAmenity.objects.bulk_create(
        PropertyAmenity(property=listing, amenity_id=amenity_id) for amenity_id in sorted(wanted - present)
    )


def _insist_on_known(amenity_ids: set[int]) -> None:
    known = set(Amenity.objects.filter(pk__in=amenity_ids, is_active=True).values_list("pk", flat=True))
    if unknown := sorted(amenity_ids - known):
        raise Invalid.field("amenity_ids", f"There is no amenity {unknown[0]}.")
