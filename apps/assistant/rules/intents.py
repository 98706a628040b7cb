"""What a plain request asks for, found by words. Pure. It serves where no language model is configured."""

import re
from dataclasses import dataclass
from enum import StrEnum

from apps.assistant.rules import borrowed


class Wish(StrEnum):
    """What somebody wants."""

    GREETING = "greeting"
    SEARCH = "search"
    SHOW = "show"
    BOOK_VISIT = "book visit"
    LIST_VISITS = "list visits"
    CANCEL_VISIT = "cancel visit"
    AMENITIES = "amenities"
    STATUS = "status"
    WEB = "search the web"
    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Intent:
    """A wish, and the number of the listing or visit that it names."""

    wish: Wish
    number: int | None = None


_NUMBER = re.compile(r"(?:number|no\.?|#|id|listing|property|house|flat|visit)\s*(?:number|no\.?|#|id)?\s*(\d{1,18})\b")
_YES = re.compile(r"\s*(?:yes|yeah|yep|ok(?:ay)?|sure|confirm(?:ed)?|go ahead|please do|do it|haan?)\b[\s\w,.!]{0,40}")
_NO = re.compile(r"\s*(?:no|nope|don'?t|do not|stop|never ?mind|nahi)\b.{0,60}")
_HELLO = re.compile(r"\s*(?:hi|hello|hey|namaste|good (?:morning|afternoon|evening)|help|what can you do)\b.{0,40}")
_VISIT = r"(?:visits?|viewings?|appointments?|tours?)"
_WORDS: tuple[tuple[Wish, re.Pattern[str]], ...] = (
    (Wish.CANCEL_VISIT, re.compile(rf"\b(?:cancel|call off|drop)\b.*\b{_VISIT}\b|\bcancel it\b")),
    (Wish.LIST_VISITS, re.compile(rf"\b(?:my|upcoming|list|show|which|what)\b.{{0,20}}\b{_VISIT}\b")),
    (
        Wish.BOOK_VISIT,
        re.compile(rf"\b(?:book|schedule|arrange|fix|plan|set up)\b|\b{_VISIT}\b|\bvisiting\b|\bsee it\b"),
    ),
    (Wish.AMENITIES, re.compile(r"\b(?:which|what|list|all|available)\b.{0,20}\bamenit")),
    (Wish.STATUS, re.compile(r"\bwho am i\b|\b(?:system )?status\b|\bsigned in\b")),
    (
        Wish.SHOW,
        re.compile(r"\b(?:more about|details?|describe|tell me about|show me (?:number|listing|property|no\.?|#))"),
    ),
    (
        Wish.SEARCH,
        re.compile(
            r"\b\d{1,2}\s*-?\s*bhk\b|\bbed(?:room)?s?\b|\b(?:find|search|show|looking|want|need|any)\b"
            r"|\b(?:flats?|apartments?|houses?|villas?|plots?|pg|floors?|homes?|offices?|shops?|penthouses?|studios?)\b"
            r"|\b(?:rent|buy|sale|lakhs?|lacs?|crores?|sector|near|cheap|under|below)\b"
        ),
    ),
)  # fmt: skip


def read(words: str) -> Intent:
    """The wish behind a message. One that nothing speaks for is UNKNOWN."""
    text = words.lower()
    number = _number(text)
    if _YES.fullmatch(text):
        return Intent(Wish.YES)
    if borrowed.is_web_search(text):
        return Intent(Wish.WEB)
    for wish, pattern in _WORDS:
        if pattern.search(text):
            return Intent(wish, number)
    if _NO.fullmatch(text):
        return Intent(Wish.NO)
    if _HELLO.fullmatch(text):
        return Intent(Wish.GREETING)
    return Intent(Wish.SHOW, number) if number is not None else Intent(Wish.UNKNOWN)


def _number(text: str) -> int | None:
    found = _NUMBER.search(text)
    return int(found[1]) if found else None


_ACTS = re.compile(
    r"\b(?:book|schedule|arrange|fix|cancel|create|add|update|change|record|pay|report|send|delete|remove|end|terminate"
    r"|reschedule|confirm|approve|reject|like|save|mark)\b"
)


def is_clear(words: str) -> bool:
    """Does a message itself tell to act, or say yes? Without that, nothing is written before the person was asked."""
    text = words.lower()
    return bool(_YES.fullmatch(text) or _ACTS.search(text)) and not text.rstrip().endswith("?")
