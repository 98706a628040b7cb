"""What makes a name, an age and a stage of sign-up right. No database, no Django."""

import base64
import hashlib
import hmac
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

import nh3

NAME_MOST = 100
NAME_LEAST = 2
AGE_LEAST = 18
AGE_MOST = 120


def clean_name(text: str) -> str:
    """A name without markup: trimmed, tags removed, `&` written as an entity, cut to 100 characters.

    Clients rely on the entity, because they show names as HTML. Raises ValueError for a name of one character.
    """
    name = nh3.clean(text, tags=set()).strip()[:NAME_MOST]
    if 0 < len(name) < NAME_LEAST:
        raise ValueError(f"A name has at least {NAME_LEAST} characters.")
    return name


def age_on(day: date, born: date) -> int:
    """Whole years between a birth and a day."""
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def check_birth(born: date, today: date) -> None:
    """Raises ValueError unless the person is between 18 and 120 today."""
    if not AGE_LEAST <= age_on(today, born) <= AGE_MOST:
        raise ValueError(f"Age must be between {AGE_LEAST} and {AGE_MOST} years.")


@dataclass(frozen=True)
class SignUp:
    """How far a person has come: verified channels, password, profile and the apps they have been shown around."""

    is_verified: bool
    has_password: bool
    full_name: str | None
    date_of_birth: date | None
    onboarded_apps: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Stage:
    """A stage of sign-up, what the client does next, and what is missing for it."""

    stage: str
    next_action: str
    missing_fields: list[str] = field(default_factory=list)


def stage_of(person: SignUp, *, app: str, gated_apps: list[str]) -> Stage:
    """The first stage that is not done yet; an app without a gate of its own lets a complete profile in."""
    if not person.is_verified:
        return Stage("identifier_verification", "verify_identifier")
    if not person.has_password:
        return Stage("password_setup", "set_password")
    missing = [name for name in ("full_name", "date_of_birth") if not getattr(person, name)]
    if missing:
        return Stage("profile_completion", "complete_profile", missing)
    if app in gated_apps and app not in person.onboarded_apps:
        return Stage("app_onboarding", "complete_onboarding")
    return Stage("active", "grant_access")


def is_signed(message: bytes, secret: str, signature: str) -> bool:
    """Is it the HMAC-SHA256 of the message, in hex or base64? Nothing is signed with an empty secret."""
    digest = hmac.new(secret.encode(), message, hashlib.sha256)
    forms = (digest.hexdigest().encode(), base64.b64encode(digest.digest()))
    given = signature.strip().encode()
    return bool(secret) and any(hmac.compare_digest(form, given) for form in forms)


def pattern(text: str) -> str:
    """What LIKE is given to find the text itself anywhere, whatever signs are in it."""
    return "%" + re.sub(r"([\\%_])", r"\\\1", text) + "%"


def dialled(text: str) -> str:
    """A phone number, or a part of one, without the signs that people write between its digits."""
    return re.sub(r"[\s()-]", "", text)


def merged(stored: Mapping[str, object], given: Mapping[str, object]) -> dict[str, object]:
    """Stored settings with the given ones over them; a null keeps what is stored."""
    return {**stored, **{name: value for name, value in given.items() if value is not None}}
