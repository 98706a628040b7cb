"""The page of a listing, for anybody who comes with a browser. Pure."""

from dataclasses import dataclass

import nh3

from apps.links.rules import facts
from apps.links.rules.facts import Listing
from apps.links.rules.previews import Preview

_MARKUP = {"p", "br", "strong", "em", "u", "ul", "ol", "li", "blockquote"}
_MAP = "https://www.openstreetmap.org/?mlat={0}&mlon={1}#map=16/{0}/{1}"


@dataclass(frozen=True)
class ListingPage:
    """`headline` is for the window, `marks` are looked at first, `details` are (name, value), `pictures` (address,
    words); `description` is markup that was cleaned."""

    preview: Preview
    headline: str
    price: str
    purpose: str
    kind: str
    place: str
    marks: tuple[str, ...]
    details: tuple[tuple[str, str], ...]
    pictures: tuple[tuple[str, str], ...]
    amenities: tuple[str, ...]
    description: str
    map_url: str | None


def of_listing(listing: Listing, preview: Preview) -> ListingPage:
    """A listing as the API shows it to strangers."""
    found = facts.position(listing)
    return ListingPage(
        preview=preview,
        headline=facts.headline(listing),
        price=facts.price(listing),
        purpose=facts.PURPOSES[listing["purpose"]],
        kind=facts.kind(listing),
        place=facts.place(listing),
        marks=facts.marks(listing),
        details=facts.details(listing),
        pictures=facts.pictures(listing),
        amenities=tuple(one["title"] for one in listing["amenities"]),
        description=nh3.clean(listing["description"] or "", tags=_MARKUP, attributes={}),
        map_url=_MAP.format(*found) if found else None,
    )
