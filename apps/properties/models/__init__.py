"""Listings, their images and their amenities."""

from apps.properties.models.amenity import Amenity, AmenityCategory, PropertyAmenity
from apps.properties.models.embedding import EmbeddingLease, EmbeddingRequest, PropertyEmbedding
from apps.properties.models.image import ImageCategory, PropertyImage
from apps.properties.models.listing import (
    Furnishing,
    KitchenType,
    ManagementStatus,
    Property,
    PropertyPurpose,
    PropertyStatus,
    PropertyType,
    Ventilation,
)
from apps.properties.models.word import SearchWord

__all__ = [
    "Amenity", "AmenityCategory", "EmbeddingLease", "EmbeddingRequest", "Furnishing", "ImageCategory", "KitchenType",
    "ManagementStatus", "Property", "PropertyAmenity", "PropertyEmbedding", "PropertyImage", "PropertyPurpose",
    "PropertyStatus", "PropertyType", "SearchWord", "Ventilation",
]  # fmt: skip
