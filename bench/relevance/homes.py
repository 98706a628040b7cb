"""Made listings that are judged: each says some of the concepts, in one of several ways, or the contrary."""

import random
from collections.abc import Iterator
from typing import Any

from bench import prose
from bench.relevance.concepts import CONCEPTS

SEED, COUNT = 45, 900
KINDS = {
    "apartment": 38,
    "builder_floor": 14,
    "house": 14,
    "villa": 10,
    "studio": 6,
    "penthouse": 4,
    "pg": 9,
    "plot": 5,
}
SHARED_ONLY = {"food", "women", "vegetarian"}
HOUSE_ONLY = {"garden"}
AMENITIES = (
    "Lift", "Swimming Pool", "Gym", "Park", "Power Backup", "CCTV", "Clubhouse", "Parking", "Intercom", "WiFi",
)  # fmt: skip
NOUNS = {
    "apartment": ("apartment", "flat"), "builder_floor": ("builder floor", "independent floor"),
    "house": ("independent house", "kothi"), "villa": ("villa", "bungalow"), "studio": ("studio apartment", "studio"),
    "penthouse": ("penthouse", "duplex penthouse"), "pg": ("PG", "paying guest room"), "plot": ("residential plot",),
}  # fmt: skip
FLOORS = ("ground floor", "first floor", "second floor", "third floor", "fourth floor")


def homes() -> Iterator[dict[str, Any]]:
    """The columns of each listing, with the titles of its `amenities`; the same every time."""
    return (_home(random.Random(f"{SEED} home {number}")) for number in range(COUNT))


def _home(dice: random.Random) -> dict[str, Any]:
    kind = dice.choices(list(KINDS), weights=list(KINDS.values()))[0]
    lived_in = kind != "plot"
    bedrooms = {"studio": 1, "pg": 1, "plot": None}.get(kind, dice.choice((1, 2, 2, 3, 3, 4, 5)))
    floor = dice.randrange(5) if lived_in and kind not in ("house", "villa") else None
    locality, society = dice.choice(prose.LOCALITIES), dice.choice(prose.SOCIETIES)
    return {
        "property_type": kind,
        "bedrooms": bedrooms,
        "bathrooms": max(1, bedrooms - dice.randrange(2)) if bedrooms else None,
        "area_sqft": float(400 + 450 * (bedrooms or 4) + dice.randrange(300)),
        "floor_number": floor,
        "total_floors": 5 if floor is not None else None,
        "parking_spaces": dice.randrange(3) if lived_in else None,
        "furnishing_level": dice.choice(("furnished", "semi_furnished", "unfurnished")) if lived_in else None,
        "city": "Gurugram", "state": "Haryana", "locality": locality, "sub_locality": society,
        "full_address": f"{society}, {locality}, Gurugram",
        "amenities": dice.sample(AMENITIES, dice.randrange(4)) if lived_in else [],
        "features": [], "tags": [],
        **_terms(dice, kind, bedrooms or 4),
        **_texts(dice, kind, bedrooms, floor, (locality, society)),
    }  # fmt: skip


def _terms(dice: random.Random, kind: str, bedrooms: int) -> dict[str, Any]:
    rent = bedrooms * dice.randrange(9, 32) * 1000
    purpose = "rent" if kind == "pg" else "buy" if kind == "plot" else dice.choice(("rent", "buy"))
    if purpose == "rent":
        return {"purpose": purpose, "base_price": rent, "monthly_rent": rent}
    return {"purpose": purpose, "base_price": rent * 330, "monthly_rent": None}


def _texts(
    dice: random.Random, kind: str, bedrooms: int | None, floor: int | None, where: tuple[str, str]
) -> dict[str, Any]:
    noun = dice.choice(NOUNS[kind])
    rooms = f"{bedrooms} BHK " if bedrooms and kind not in ("pg", "studio", "plot") else ""
    title = f"{rooms}{noun} in {where[1]}, {where[0]}"
    lines = [line for name in _concepts(dice, kind) for line in _line(dice, name)]
    if floor is not None:
        lines.append(f"It is on the {FLOORS[floor]}.")
    dice.shuffle(lines)
    return {"title": title[0].upper() + title[1:], "description": " ".join(lines)}


def _concepts(dice: random.Random, kind: str) -> list[str]:
    """Between three and five that suit a kind."""
    possible = [
        name
        for name in CONCEPTS
        if (kind == "pg" or name not in SHARED_ONLY) and (kind in ("house", "villa") or name not in HOUSE_ONLY)
    ]
    if kind == "plot":
        possible = ["quiet", "no_brokerage", "metro", "school", "urgent", "view", "safe"]
    return dice.sample(possible, dice.randrange(3, 6))


def _line(dice: random.Random, name: str) -> list[str]:
    """So, or else; a third of what can be denied is."""
    concept = CONCEPTS[name]
    return [dice.choice(concept.no if concept.no and dice.random() < 0.35 else concept.yes)]
