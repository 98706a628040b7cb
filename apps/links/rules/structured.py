"""A listing in the words of schema.org, as search engines read it (https://schema.org/RealEstateListing). Pure."""

from collections.abc import Mapping
from typing import Any

from apps.links.rules import facts
from apps.links.rules.facts import Listing

_KINDS = {
    "apartment": "Apartment",
    "builder_floor": "Apartment",
    "condo": "Apartment",
    "penthouse": "Apartment",
    "studio": "Apartment",
    "loft": "Apartment",
    "house": "House",
    "villa": "SingleFamilyResidence",
    "room": "Room",
    "pg": "Room",
    "flatmate": "Room",
}
_HOMES = frozenset({"Apartment", "House", "SingleFamilyResidence", "Room"})
_UNITS = {"month": "MON", "night": "DAY"}  # UN/CEFACT common codes
_SQUARE_FOOT = "FTK"


def of_listing(listing: Listing, *, url: str, description: str, images: list[str]) -> dict[str, Any]:
    """The listing, its offer, and what is offered."""
    return _present(
        {
            "@context": "https://schema.org",
            "@type": "RealEstateListing",
            "name": listing["title"],
            "description": description,
            "url": url,
            "image": images,
            "datePosted": listing["created_at"],
            "dateModified": listing["updated_at"],
            "offers": _offer(listing, url),
        }
    )


def _offer(listing: Listing, url: str) -> dict[str, Any]:
    amount, unit = facts.amount(listing)
    return _present(
        {
            "@type": "Offer",
            "url": url,
            "price": amount,
            "priceCurrency": "INR",
            "priceSpecification": _for_a_time(amount, unit),
            "availability": f"https://schema.org/{'InStock' if facts.is_on_offer(listing) else 'SoldOut'}",
            "availabilityStarts": listing["available_from"],
            "businessFunction": f"http://purl.org/goodrelations/v1#{'LeaseOut' if unit else 'Sell'}",
            "itemOffered": _place(listing),
        }
    )


def _for_a_time(amount: float, unit: str) -> dict[str, Any] | None:
    if not unit:
        return None
    return {
        "@type": "UnitPriceSpecification",
        "price": amount,
        "priceCurrency": "INR",
        "unitCode": _UNITS[unit],
        "referenceQuantity": {"@type": "QuantitativeValue", "value": 1, "unitCode": _UNITS[unit]},
    }


def _place(listing: Listing) -> dict[str, Any]:
    kind = _KINDS.get(listing["property_type"], "Place")
    return _present(
        {
            "@type": kind,
            "name": listing["title"],
            "address": _address(listing),
            "geo": _geo(listing),
            "amenityFeature": [_amenity(one["title"]) for one in listing["amenities"]],
            **(_home(listing) if kind in _HOMES else {}),
        }
    )


def _home(listing: Listing) -> dict[str, Any]:
    """What only homes have."""
    area = listing["area_sqft"]
    return {
        "numberOfBedrooms": listing["bedrooms"],
        "numberOfBathroomsTotal": listing["bathrooms"],
        "floorLevel": None if listing["floor_number"] is None else str(listing["floor_number"]),
        "floorSize": {"@type": "QuantitativeValue", "value": area, "unitCode": _SQUARE_FOOT} if area else None,
    }


def _address(listing: Listing) -> dict[str, Any]:
    """The society and the sector are as near as the public is led; without a city the sector stands for it."""
    near = [listing["sub_locality"], listing["locality"]] if listing["city"] else [listing["sub_locality"]]
    return _present(
        {
            "@type": "PostalAddress",
            "streetAddress": ", ".join(filter(None, near)),
            "addressLocality": listing["city"] or listing["locality"],
            "addressRegion": listing["state"],
            "postalCode": listing["pincode"],
            "addressCountry": listing["country"],
        }
    )


def _geo(listing: Listing) -> dict[str, Any] | None:
    found = facts.position(listing)
    return {"@type": "GeoCoordinates", "latitude": found[0], "longitude": found[1]} if found else None


def _amenity(title: str) -> dict[str, Any]:
    return {"@type": "LocationFeatureSpecification", "name": title, "value": True}


def _present(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value not in (None, "", [])}
