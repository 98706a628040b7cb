"""Short texts made of results. Pure."""

from collections.abc import Mapping
from typing import Any

TITLE_LENGTH = 60
SUMMARY_LENGTH = 100
_LAKH, _CRORE = 100_000, 10_000_000


def title_of(message: str) -> str:
    """What a conversation is called: the beginning of its first message."""
    return message[:TITLE_LENGTH].strip()


def cut(text: str, length: int = SUMMARY_LENGTH) -> str:
    """A text of at most that length, on one line."""
    line = " ".join(text.split())
    return line if len(line) <= length else f"{line[: length - 1]}…"


def rupees(amount: float | None) -> str:
    """An amount as people say it: ₹92.5 lakh, ₹1.2 crore, ₹25,000."""
    if amount is None:
        return "price on request"
    if amount >= _CRORE:
        return f"₹{amount / _CRORE:.4g} crore"
    if amount >= _LAKH:
        return f"₹{amount / _LAKH:.4g} lakh"
    return f"₹{amount:,.0f}"


def listing(found: Mapping[str, Any]) -> str:
    """One listing in a line."""
    where = ", ".join(part for part in (found.get("locality"), found.get("city")) if part)
    rooms = f"{found['bedrooms']} BHK" if found.get("bedrooms") else ""
    facts = ", ".join(fact for fact in (rooms, rupees(found.get("base_price")), where) if fact)
    return f"**Number {found['id']}** {found['title']}: {facts}"


def listing_at_length(found: Mapping[str, Any]) -> str:
    """One listing in a paragraph."""
    facts = {
        "bathrooms": "Bathrooms",
        "area_sqft": "Area in sq.ft.",
        "floor_number": "Floor",
        "furnishing_level": "Furnishing",
    }
    lines = [
        listing(found),
        *(f"- {label}: {found[key]}" for key, label in facts.items() if found.get(key) is not None),
    ]
    if amenities := [one["title"] for one in found.get("amenities") or []]:
        lines.append(f"- Amenities: {', '.join(amenities[:10])}")
    if found.get("description"):
        lines.append(cut(found["description"], 400))
    return "\n".join(lines)


def visit(found: Mapping[str, Any]) -> str:
    """One visit in a line."""
    place = (found.get("property") or {}).get("title") or f"listing {found.get('property_id')}"
    return f"**Visit {found['id']}** {place}, {found.get('scheduled_date')} ({found.get('status')})"
