"""Wishes that a vector cannot tell from their opposite: "no brokerage" lies close to "brokerage applies". Pure.

Each kind has three patterns: how people ask for it, in plain English as the glossary leaves it; how listings say that
it is so; and how they say the contrary.
"""

import re
from dataclasses import dataclass


@dataclass(frozen=True)
class Kind:
    """`affirmed` and `denied` are patterns for the texts of listings, read without regard to case."""

    asked: re.Pattern[str]
    affirmed: str
    denied: str


KINDS: tuple[Kind, ...] = (
    Kind(
        re.compile(r"\b(?:quiet|peaceful|calm|silent|serene|no noise|not noisy|noise|noisy|away from (?:\w+ )*road)\b"),
        r"quiet|peaceful|calm|silen(?:t|ce)|serene|tranquil|noise.free|away from (?:the )?(?:traffic|noise|road)",
        r"nois[ey](?!.free)|\mloud|honk|\mhorns?\M|(?:heavy|constant) traffic|(?:main|busy) road,? with",
    ),
    Kind(
        re.compile(r"\b(?:no|direct(?:ly)? from|without) (?:\w+ )?(?:brokerage|brokers?|agents?|commission|owner)\b"),
        r"(?:no|zero|without|nil|free of) (?:any )?(?:brokerage|broker|commission|agent)|no middlem|direct(?:ly)?"
        r" (?:from|with|by) (?:the )?owner|owner direct",
        r"(?:brokerage|commission) (?:of|is|applies|applicable|extra|payable|as per|charge)",
    ),
    Kind(
        re.compile(r"\b(?:pets?|dogs?|cats?|puppy)\b"),
        r"pets? (?:are )?(?:welcome|allowed|ok)|pet.friendly|\mdogs?\M|\mcats?\M",
        r"no (?:pets|animals)|pets? (?:are )?not",
    ),
)


def asked_in(english: str) -> list[Kind]:
    """The kinds that a wish speaks of."""
    return [kind for kind in KINDS if kind.asked.search(english)]
