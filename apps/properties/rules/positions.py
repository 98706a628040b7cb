"""Where a published listing lies: coordinates as feeds print them, and the sector that a text names. Pure.

A geo file gives the centre of each sector of Gurugram and of a few named places. Other towns number their
sectors too, so a text that names such a town is never matched with a sector of Gurugram.
"""

import re
from collections.abc import Mapping

from apps.properties.rules.cells import UnreadableError, shown

Degrees = tuple[float, float]
"""Latitude and longitude, WGS 84."""

_ORDINATE = r"(?P<{0}>[0-9]{{1,3}}(?:\.[0-9]{{1,10}})?)\s*°?\s*(?P<{0}_side>[{1}])"
_COORDINATES = re.compile(
    rf"{_ORDINATE.format('latitude', 'NS')}\s*,\s*{_ORDINATE.format('longitude', 'EW')}", re.IGNORECASE
)
_SECTOR = re.compile(r"\bsec(?:tor)?[\s.-]{0,3}(?P<number>[0-9]{1,3})[\s-]?(?P<letter>[a-z])?\b", re.IGNORECASE)
_OTHER_TOWN = re.compile(
    r"\b(?:faridabad|sohna|manesar|sonipat|rohtak|rewari|dharuhera|bahadurgarh|panipat|karnal|noida|dwarka)\b"
    r"(?!\s+(?:\w+\s+)?(?:road|rd|expressway|expy))",
    re.IGNORECASE,
)
_BESIDE = re.compile(r"\b(?:near|opp|opposite|behind|from|adjoining|backside|next to)\b", re.IGNORECASE)
_CITY_TAIL = re.compile(r"[\s,]+(?:gurgaon|gurugram)\s*$", re.IGNORECASE)
_NAME = re.compile(r"\b(?:for (?:sale|rent)|available)\s+in\s+(?P<place>\S.*)$", re.IGNORECASE)
_PINCODE = re.compile(r"(?<![0-9])1[23][0-9]{4}(?![0-9])")


def coordinates(text: str) -> Degrees:
    """`28.3663° N, 76.9456° E` as (28.3663, 76.9456); south and west are negative."""
    match = _COORDINATES.fullmatch(text.strip())
    if match is None:
        raise UnreadableError(f"{shown(text)} is not a position such as '28.3663° N, 76.9456° E'.")
    latitude = _signed(match["latitude"], match["latitude_side"])
    longitude = _signed(match["longitude"], match["longitude_side"])
    if abs(latitude) > 90 or abs(longitude) > 180:
        raise UnreadableError(f"{shown(text)} is not on the globe.")
    return latitude, longitude


def _signed(number: str, side: str) -> float:
    return float(number) * (-1 if side.upper() in "SW" else 1)


def place_key(name: str) -> str:
    """The one spelling under which a place is looked up: `Sector-70 A` and `sec 70a` are `sector 70a`."""
    sector = _SECTOR.fullmatch(name.strip())
    return _sector_key(sector) if sector else " ".join(name.split()).casefold()


def _sector_key(match: re.Match[str]) -> str:
    return f"sector {int(match['number'])}{(match['letter'] or '').casefold()}"


def named_place(title: str) -> str | None:
    """What a title says after `for sale in`, without the city: `Sector 109`."""
    match = _NAME.search(title.strip())
    place = " ".join(_CITY_TAIL.sub("", match["place"]).split()) if match else ""
    return place or None


def position(title: str, address: str, centres: Mapping[str, Degrees]) -> Degrees | None:
    """The centre of the place that a listing names, or None when the geo file does not have that place.

    The title's own place decides. Only when it is not a sector (a colony, say) is the address read, from its
    end, where feeds put the larger area. `Near Sector 14` is not in sector 14.
    """
    named = named_place(title) or ""
    parts = [part for part in reversed(address.split(",")) if not _BESIDE.search(part)]
    foreign = _OTHER_TOWN.search(f"{title},{address}") is not None
    for text in [named, *parts]:
        if key := _key_in(text, centres, sectors=not foreign):
            return centres.get(key)
    return None


def _key_in(text: str, centres: Mapping[str, Degrees], *, sectors: bool) -> str | None:
    """The place that a text names: a sector whether or not it is known, anything else only when known."""
    match = _SECTOR.search(text)
    if match and sectors:
        return _sector_key(match)
    words = f" {_words(text)} "
    return next((key for key in centres if not key.startswith("sector ") and f" {key} " in words), None)


def _words(text: str) -> str:
    return " ".join(re.findall(r"[a-z0-9]+", text.casefold()))


def pincode(address: str) -> str | None:
    """The first PIN code of Haryana's postal circles (12 and 13) in an address."""
    match = _PINCODE.search(address)
    return match[0] if match else None
