"""Passwords: strength, hashing, comparing."""

import hashlib

from django.contrib.auth.hashers import make_password
from django.contrib.auth.password_validation import CommonPasswordValidator
from django.core.exceptions import ValidationError

from apps.identity import rules
from ghar import limits
from ghar.errors import DomainError

FAILED_PASSWORDS = limits.Limit(20, 900)
"""Attempts at one identifier in a quarter of an hour."""

_SENTENCES = {
    "length": f"Password should be at least {rules.SHORTEST_PASSWORD} characters.",
    "characters": "Password should contain several different characters.",
    "pwned": "Password is known to be weak and easy to guess, please choose a different one.",
}
_common = CommonPasswordValidator()


class WeakPassword(DomainError):
    """The password would be guessed; `details` lists the reasons."""

    status = 422
    code = "weak_password"

    def __init__(self, reasons: list[str]) -> None:
        super().__init__(" ".join(_SENTENCES[reason] for reason in reasons), details=reasons)


class SamePassword(DomainError):
    """The new password is the old one."""

    status = 422
    code = "same_password"
    message = "New password should be different from the old password."


def system_hashed(*, password: str) -> str:
    """The argon2 hash of a password that is strong enough. Raises WeakPassword."""
    if reasons := rules.weaknesses(password, is_common=_is_common(password)):
        raise WeakPassword(reasons)
    return make_password(password)


def _is_common(password: str) -> bool:
    try:
        _common.validate(password)
    except ValidationError:
        return True
    return False


def system_count_attempt(*, identifier: str) -> None:
    """Count a password attempt at an identifier. Raises TooMany."""
    limits.enforce(_key(identifier), limits.configured("failed_passwords", FAILED_PASSWORDS))


def system_forget_attempts(*, identifier: str) -> None:
    """A success ends the row of failures."""
    limits.forget(_key(identifier))


def _key(identifier: str) -> str:
    return f"password:{hashlib.sha256(identifier.encode()).hexdigest()}"
