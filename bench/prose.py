"""Listing texts for the data set: plain sentences put together at random, sixty to a hundred words a listing."""

import random

LOCALITIES = (
    "DLF Phase 1", "DLF Phase 3", "DLF Phase 5", "Golf Course Road", "Golf Course Extension", "MG Road", "Sohna Road",
    "South City 1", "South City 2", "Sushant Lok", "Nirvana Country", "Palam Vihar", "Udyog Vihar", "New Palam Vihar",
    "Dwarka Expressway", "Ardee City", "Malibu Town", "Vatika City", "Mayfield Garden", "Sector 14", "Sector 23",
    "Sector 31", "Sector 43", "Sector 45", "Sector 49", "Sector 50", "Sector 56", "Sector 57", "Sector 65", "Sector 67",
    "Sector 70A", "Sector 82", "Sector 84", "Sector 92", "Sector 102", "Sector 106", "Manesar", "Sohna",
)  # fmt: skip
SOCIETIES = (
    "Amber Heights", "Banyan Court", "Cedar Residency", "Deodar Enclave", "Eastern Greens", "Falcon Towers",
    "Gulmohar Park", "Harmony Homes", "Indus Gardens", "Jasmine Apartments", "Kesar Villas", "Lotus Terraces",
    "Mulberry Walk", "Neem Grove", "Orchid Petals", "Peepal Square", "Rosewood City", "Saffron Meadows",
)  # fmt: skip

_OPENINGS = (
    "A well kept {kind} of {area} square feet in {society}, {locality}, on the {floor} floor.",
    "This {kind} in {locality} offers {area} square feet of light and quiet, in the gated society {society}.",
    "Bright {kind} at {society}, one of the calmer societies of {locality}, with {area} square feet to live in.",
)
_MIDDLES = (
    "The living room opens to a balcony that looks over the central park and the tennis court.",
    "All rooms have fitted wardrobes, and the kitchen is modular with a chimney, a hob and a separate utility.",
    "The bedrooms face east and get the morning sun, while the study stays cool all through the summer.",
    "Power backup covers the whole flat, the lifts are new, and piped gas reached the tower last year.",
    "Water is supplied round the clock and treated by the society's own softening plant in the basement.",
    "Two covered parking bays belong to it, and visitors find space beside the club house at any hour.",
    "The floors are of Italian marble in the halls and of laminated wood in the bedrooms, laid a year ago.",
    "Painting, polishing and plumbing were done in spring, so that the next family can simply move in.",
    "A servant's room with a bath of its own stands beside the kitchen and has a separate entrance.",
)
_CLOSINGS = (
    "The metro is ten minutes away, schools and a hospital are nearer still, and the owner answers in person.",
    "Offices along the expressway are a short drive away; the market with its bakery can be reached on foot.",
    "Papers are clear, the dues are paid, and visits are welcome on any evening of the week.",
)


def describe(dice: random.Random, *, kind: str, area: int, society: str, locality: str, floor: int) -> str:
    """A description of sixty to a hundred words."""
    opening = dice.choice(_OPENINGS).format(
        kind=kind.replace("_", " "), area=area, society=society, locality=locality, floor=_ordinal(floor)
    )
    return " ".join([opening, *dice.sample(_MIDDLES, 3), dice.choice(_CLOSINGS)])


def _ordinal(number: int) -> str:
    ending = "th" if number % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"
