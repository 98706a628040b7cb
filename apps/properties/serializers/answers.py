"""What tools answer about listings. `selectors.shapes` builds the listings; a test holds the two to each other."""

from datetime import datetime
from typing import Any

from apps.properties.models import PropertyPurpose, PropertyType
from ghar.answers import Answer, PageOut


class ListingInBrief(Answer):
    """What every view of a listing has. Prices are rupees, `base_price` a sale price or the anchor of a rent.

    Times are UTC, and `distance_km` is from the point that was asked for.
    """

    id: int
    title: str
    property_type: PropertyType
    purpose: PropertyPurpose
    status: str
    city: str | None
    locality: str | None
    full_address: str | None
    base_price: float
    monthly_rent: float | None
    daily_rate: float | None
    bedrooms: int | None
    bathrooms: int | None
    area_sqft: float | None
    is_available: bool
    is_managed: bool
    management_status: str
    main_image_url: str | None
    created_at: datetime
    latitude: float | None
    longitude: float | None
    distance_km: float | None


class CardTold(ListingInBrief):
    """A listing as lists show it; `price` is its `base_price`."""

    price: float


class OwnerTold(Answer):
    """Whose listing it is."""

    id: int
    full_name: str | None


class ManagedCardTold(CardTold):
    """A listing as its owner's or agent's lists show it."""

    has_active_lease: bool
    owner: OwnerTold


class ImageTold(Answer):
    """A picture of a listing."""

    id: int
    property_id: int
    image_url: str
    caption: str | None
    image_category: str | None
    display_order: int
    is_main_image: bool


class AmenityTold(Answer):
    """An amenity of a listing. `id` is the entry's own; `amenity_id` the vocabulary's."""

    id: int
    amenity_id: int
    title: str
    name: str
    icon: str | None
    category: str | None


class ListingTold(ListingInBrief):
    """A listing. Everything else that the REST operation answers of it stands beside these."""

    description: str | None
    sub_locality: str | None
    landmark: str | None
    pincode: str | None
    state: str | None
    currency: str
    security_deposit: float | None
    maintenance_charges: float | None
    furnishing_level: str | None
    floor_number: int | None
    total_floors: int | None
    balconies: int | None
    parking_spaces: int | None
    age_of_property: int | None
    features: list[str] | None
    tags: list[str]
    images: list[ImageTold]
    amenities: list[AmenityTold]
    has_lift: bool
    owner: OwnerTold
    owner_contact: str | None
    available_from: datetime | None
    liked: bool | None


class SearchCentre(Answer):
    """The point that was searched around, in degrees."""

    latitude: float
    longitude: float
    radius_km: int


class FoundAnswer(PageOut):
    """Listings, and what the search was understood to ask for."""

    properties: list[CardTold]
    filters_applied: dict[str, Any]
    search_center: SearchCentre | None


class ListingAnswer(Answer):
    """One listing; `user_liked` when somebody has signed in."""

    property: ListingTold
    user_liked: bool | None = None


class AmenityOffered(Answer):
    """An amenity that a search can ask for."""

    id: int
    name: str
    icon: str | None


class AmenitiesAnswer(Answer):
    """The amenities that a search can ask for."""

    amenities: list[AmenityOffered]
    count: int


class OwnCounts(Answer):
    """The person's own listings in numbers; the income is the rents of those that are rented, in rupees."""

    total_properties: int
    occupied: int
    vacant: int
    total_monthly_income: float


class ManagedListingsAnswer(PageOut):
    """Listings that the person looks after."""

    items: list[ManagedCardTold]


class OwnListingsAnswer(ManagedListingsAnswer):
    """The person's own listings."""

    stats: OwnCounts


class WrittenListingAnswer(Answer):
    """The listing as it is now."""

    message: str
    property: ListingTold


class OwnListingAnswer(Answer):
    """A listing of the person's."""

    property: ListingTold
    active_lease: None


class ManagedListingAnswer(OwnListingAnswer):
    """A listing of a customer's."""

    owner: OwnerTold
    tenant: None


class MarkedListingAnswer(Answer):
    """What was done with a listing."""

    message: str
    property_id: int


class VerifiedListingAnswer(MarkedListingAnswer):
    """Whether a listing was found to be as written."""

    is_verified: bool
