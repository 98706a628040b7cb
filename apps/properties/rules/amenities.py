"""Which amenities a published feature stands for. Pure."""

from collections.abc import Iterable

from apps.properties.rules.cells import distinct

_SAME_AS = {
    "airy rooms": None,
    "bank attached property": None,
    "centrally air conditioned": "Air Conditioning",
    "club house / community center": "Clubhouse",
    "false ceiling lighting": None,
    "feng shui / vaastu compliant": "Vastu Compliant",
    "fitness centre / gym": "Gym",
    "high ceiling height": None,
    "internet/wi-fi connectivity": "Wi-Fi",
    "low density society": None,
    "natural light": None,
    "no open drainage around": None,
    "piped-gas": "Piped Gas",
    "private garden / terrace": "Private Garden",
    "recently renovated": None,
    "security / fire alarm": "Fire Alarm",
    "separate entry for servant room": None,
    "spacious interiors": None,
}
"""Spellings of feeds, in lower case, to titles of the vocabulary. None: a trait, not an amenity."""


def titles(features: Iterable[str]) -> list[str]:
    """The titles to look for in the vocabulary, one for each feature that may be an amenity."""
    return distinct(title for feature in features if (title := _SAME_AS.get(feature.casefold(), feature)))
