"""The words of demo listings: what owners write, put together from parts. Pure."""

from collections.abc import Mapping
from random import Random

NOUNS: Mapping[str, tuple[str, ...]] = {
    "house": ("independent house", "family house", "kothi"),
    "apartment": ("apartment", "flat", "society flat"),
    "builder_floor": ("builder floor", "independent floor"),
    "room": ("private room", "room with attached bath"),
    "villa": ("villa", "garden villa"),
    "plot": ("residential plot", "corner plot"),
    "condo": ("condominium", "serviced condo"),
    "penthouse": ("penthouse", "duplex penthouse"),
    "studio": ("studio", "studio apartment"),
    "loft": ("loft", "double-height loft"),
    "pg": ("PG", "paying guest room", "PG with meals"),
    "flatmate": ("room in a shared flat", "flatmate wanted"),
    "office": ("office space", "furnished office"),
    "shop": ("shop", "retail space"),
    "warehouse": ("warehouse", "godown"),
}
_VIRTUES = ("Bright", "Quiet", "Airy", "Well kept", "Newly painted", "Spacious", "Cosy", "Modern", "Sunny")
_PURPOSES = {"buy": "for sale", "rent": "for rent", "short_stay": "for short stays"}
_HOME_LINES = (
    "The living room is park facing and gets the sun until noon.",
    "Park facing balcony, so mornings are green and quiet.",
    "North-east facing with cross ventilation in every room.",
    "East facing, with a wide balcony off the master bedroom.",
    "The modular kitchen has a chimney, a hob and piped gas.",
    "Wooden floors in the bedrooms, vitrified tiles elsewhere.",
    "Every bedroom has a wardrobe and an attached bathroom.",
    "A corner unit, open on two sides, with nobody overhead.",
    "Power backup and treated water round the clock.",
    "Covered parking for one car, and space for visitors.",
    "The lift was replaced last year; the stairs are well lit.",
    "A gated lane with guards and cameras day and night.",
    "Freshly painted, with new fittings in both bathrooms.",
)
_SHARED_LINES = (
    "Home-cooked meals twice a day, laundry on Saturdays.",
    "Wi-Fi, housekeeping and electricity are part of the rent.",
    "Two working professionals live here; we cook together on Sundays.",
    "No curfew, no brokerage, one month's notice.",
    "The room is park facing and has a study table by the window.",
    "Guests are welcome during the day.",
    "A quiet household that likes early mornings.",
)
_WORK_LINES = (
    "Glass front on the main road, with heavy footfall.",
    "Central air conditioning and full power backup.",
    "Ready to move in: workstations, pantry and a meeting room.",
    "Loading bay at the rear, and parking for trucks.",
    "A few minutes from the highway.",
    "Park facing frontage with room for a signboard.",
)
_PLOT_LINES = (
    "Park facing plot on a twelve-metre road.",
    "Clear title, registry the same week.",
    "Corner plot in a gated block, ready to build on.",
    "Water, sewer and electricity are at the gate.",
    "East facing, with green belt behind.",
)
_CLOSINGS = (
    "Visits in the evening and at weekends.",
    "Call before you come.",
    "Serious enquiries only, please.",
    "Papers are in order.",
    "The price can be talked about.",
)


def lines_for(property_type: str) -> tuple[str, ...]:
    """The sentences that suit a kind of place."""
    if property_type in ("pg", "flatmate", "room"):
        return _SHARED_LINES
    if property_type in ("office", "shop", "warehouse"):
        return _WORK_LINES
    return _PLOT_LINES if property_type == "plot" else _HOME_LINES


def title(chance: Random, *, property_type: str, purpose: str, bedrooms: int | None, place: str) -> str:
    """`Sunny 3 BHK apartment for rent in Sector 57, Gurugram`."""
    noun = chance.choice(NOUNS[property_type])
    rooms = f"{bedrooms} BHK " if bedrooms and property_type not in ("studio", "room", "pg", "flatmate") else ""
    virtue = chance.choice(_VIRTUES)
    start = f"{virtue} {rooms}{noun}" if rooms else f"{virtue} {noun}"
    return f"{start} {_PURPOSES[purpose]} in {place}, Gurugram"


def description(chance: Random, *, property_type: str, place: str, landmark: str) -> str:
    """A few sentences: what it is like, what is close, how to see it."""
    said = chance.sample(lines_for(property_type), k=3)
    way = chance.choice(("five minutes on foot", "a short walk", "ten minutes by car", "two streets away"))
    close = f"{landmark} is {way}" + (", so it is near metro and market." if "metro" in landmark else ".")
    return " ".join([f"In {place}.", *said, close, chance.choice(_CLOSINGS)])
