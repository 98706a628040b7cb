"""A first look at a shared home before a person reviews it: the same text gives the same flags. Pure."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import Any

LEAST_PHOTOS = 2
MOST_RENT = 1_000_000
_SHOWN_REASONS = 3

_FIELDS = ("title", "description", "city", "locality", "sub_locality", "bedrooms", "bathrooms")
_PREFERENCES = ("gender_preference", "sharing_type")
_TEXTS = (
    "title", "description", "owner_name", "locality", "sub_locality", "city", "search_keywords", "features", "tags",
)  # fmt: skip
_WORDS: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("adult_content", "high", ("escort", "escorts", "call girl", "call girls", "xxx", "porn", "nude",
                               "sexual service", "sexual services")),
    ("illegal_substances", "high", ("cocaine", "mdma", "ganja", "hashish", "illegal drugs")),
    ("commercial_spam", "warning", ("casino", "betting", "crypto", "loan offer", "loan offers", "earn money")),
    ("off_platform_spam", "warning", ("click here", "telegram only", "whatsapp only")),
)  # fmt: skip


@dataclass(frozen=True)
class Flag:
    """Something for a reviewer to look at; `severity` is high or warning."""

    code: str
    severity: str
    reason: str
    field: str | None = None
    matched_term: str | None = None


def flags(listing: Mapping[str, Any], own_preferences: Mapping[str, Any], photos: int) -> list[Flag]:
    """Everything worth a look. `own_preferences` are the owner's keys alone, so that no earlier flag is read again."""
    return [
        *_about_photos(photos),
        *_about_gaps(listing, own_preferences),
        *_about_rent(listing),
        *_about_words(" ".join(_texts([*(listing.get(name) for name in _TEXTS), own_preferences])).lower()),
    ]


def record(found: list[Flag], photos: int, at: str) -> dict[str, Any]:
    """The result as it is kept beside the preferences."""
    return {
        "ai_prescreen_result": "flagged" if found else "clear",
        "ai_prescreen_flags": [{key: value for key, value in asdict(flag).items() if value} for flag in found],
        "ai_prescreen_reason": _summary(found),
        "ai_prescreen_photo_count": photos,
        "ai_prescreened_at": at,
    }


def _summary(found: list[Flag]) -> str | None:
    reasons = [flag.reason for flag in found]
    if len(reasons) > _SHOWN_REASONS:
        reasons = [*reasons[:_SHOWN_REASONS], f"{len(reasons) - _SHOWN_REASONS} more"]
    return "; ".join(reasons) or None


def _about_photos(photos: int) -> Iterator[Flag]:
    if photos < LEAST_PHOTOS:
        yield Flag("missing_photos", "high", f"There are {photos} pictures, and {LEAST_PHOTOS} are needed.")


def _about_gaps(listing: Mapping[str, Any], own: Mapping[str, Any]) -> Iterator[Flag]:
    for source, names in ((listing, _FIELDS), (own, _PREFERENCES)):
        for name in names:
            if source.get(name) in (None, ""):
                yield Flag("missing_key_field", "warning", f"{name} is missing.", field=name)


def _about_rent(listing: Mapping[str, Any]) -> Iterator[Flag]:
    rent = listing.get("monthly_rent") or listing.get("base_price") or 0
    if rent <= 0:
        yield Flag("suspicious_pricing", "high", "There is no rent.", field="monthly_rent")
    elif rent >= MOST_RENT:
        yield Flag("suspicious_pricing", "high", "The rent is unusually high.", field="monthly_rent")


def _about_words(text: str) -> Iterator[Flag]:
    for code, severity, terms in _WORDS:
        found = next((term for term in terms if re.search(rf"\b{re.escape(term)}\b", text)), None)
        if found:
            yield Flag(code, severity, f"The text says “{found}”.", matched_term=found)


def _texts(values: Iterable[Any]) -> Iterator[str]:
    for value in values:
        if isinstance(value, str):
            yield value
        elif isinstance(value, Mapping):
            yield from _texts(value.values())
        elif isinstance(value, (list, tuple)):
            yield from _texts(value)
