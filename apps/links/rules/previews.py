"""What a link shows of a thing before anybody opens it: words, a picture, and schema.org data. Pure."""

import html
import json
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from urllib.parse import urlsplit

import nh3

from ghar import money

DESCRIPTION_MOST = 200
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


@dataclass(frozen=True)
class Preview:
    """`url` is the address that search engines keep; `facts` is one line, `data` is JSON-LD."""

    title: str
    description: str
    url: str
    image_url: str | None = None
    facts: str = ""
    data: Mapping[str, Any] | None = None

    @property
    def json_ld(self) -> str:
        """The data as it may stand inside a script element: nothing in it can end the element."""
        text = json.dumps(self.data, ensure_ascii=False)
        return text.replace("&", "\\u0026").replace("<", "\\u003c").replace(">", "\\u003e")


def of_listing(listing: Mapping[str, Any], url: str) -> Preview:
    """A listing as the API shows it to strangers."""
    facts = " · ".join(filter(None, (_price(listing), _rooms(listing), _area(listing), _place(listing))))
    return Preview(
        title=listing["title"],
        description=_shortened(_plain(listing["description"] or "")) or facts,
        url=url,
        image_url=_picture(listing),
        facts=facts,
        data=_data(listing, url),
    )


def _price(listing: Mapping[str, Any]) -> str:
    amount, unit = _amount(listing)
    return f"{money.rupees(Decimal(amount))}{unit and f' a {unit}'}" if amount else ""


def _amount(listing: Mapping[str, Any]) -> tuple[float, str]:
    """What is asked for, and for how long."""
    if listing["purpose"] == "rent":
        return float(listing["monthly_rent"] or listing["base_price"]), "month"
    if listing["purpose"] == "short_stay":
        return float(listing["daily_rate"] or listing["base_price"]), "night"
    return float(listing["base_price"]), ""


def _rooms(listing: Mapping[str, Any]) -> str:
    count = listing["bedrooms"]
    return f"{count} bedroom{'' if count == 1 else 's'}" if count else ""


def _area(listing: Mapping[str, Any]) -> str:
    return f"{listing['area_sqft']:,.0f} sq ft" if listing["area_sqft"] else ""


def _place(listing: Mapping[str, Any]) -> str:
    return ", ".join(filter(None, (listing["locality"], listing["city"])))


def _picture(listing: Mapping[str, Any]) -> str | None:
    """The first picture whose address a browser elsewhere can open."""
    addresses = (listing["main_image_url"], *listing["image_urls"])
    return next((one for one in addresses if one and urlsplit(one).scheme in ("http", "https")), None)


def _plain(text: str) -> str:
    """Without markup and line ends."""
    return " ".join(html.unescape(nh3.clean(text, tags=set())).split())


def _shortened(text: str) -> str:
    """Whole words, as many as a preview has room for."""
    if len(text) <= DESCRIPTION_MOST:
        return text
    return text[:DESCRIPTION_MOST].rpartition(" ")[0].rstrip(",.;:") + "…"


def _data(listing: Mapping[str, Any], url: str) -> dict[str, Any]:
    """The listing in schema.org's words (https://schema.org/RealEstateListing)."""
    amount, unit = _amount(listing)
    place = {
        "@type": _KINDS.get(listing["property_type"], "Place"),
        "name": listing["title"],
        "address": _present(
            {
                "@type": "PostalAddress",
                "addressLocality": listing["locality"] or listing["city"],
                "addressRegion": listing["state"],
                "postalCode": listing["pincode"],
                "addressCountry": listing["country"],
            }
        ),
        "numberOfBedrooms": listing["bedrooms"],
        "floorSize": _square_feet(listing["area_sqft"]),
    }
    offer = {
        "@type": "Offer",
        "price": amount,
        "priceCurrency": "INR",
        "availability": f"https://schema.org/{'InStock' if listing['is_available'] else 'SoldOut'}",
        "businessFunction": f"http://purl.org/goodrelations/v1#{'LeaseOut' if unit else 'Sell'}",
        "itemOffered": _present(place),
    }
    return _present(
        {
            "@context": "https://schema.org",
            "@type": "RealEstateListing",
            "name": listing["title"],
            "description": _shortened(_plain(listing["description"] or "")),
            "url": url,
            "image": _picture(listing),
            "datePosted": listing["created_at"],
            "offers": offer,
        }
    )


def _square_feet(area: float | None) -> dict[str, Any] | None:
    return {"@type": "QuantitativeValue", "value": area, "unitCode": "FTK"} if area else None


def _present(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value not in (None, "")}
