"""What needs no database: digests, challenges, password strength, and where a browser may be sent."""

import base64
import hashlib
import hmac
import ipaddress
import re
from urllib.parse import SplitResult, parse_qsl, unquote, urlencode, urlsplit, urlunsplit

SHORTEST_PASSWORD = 8
CODE_DIGITS = 6
_VERIFIER = re.compile(r"[A-Za-z0-9._~-]{43,128}")
_LOOPBACK = ("localhost", "127.0.0.1", "[::1]", "::1")


def derived_key(secret: str, purpose: str) -> bytes:
    """A key for one purpose from the deployment's secret; keys of different purposes tell nothing of each other."""
    return hmac.digest(secret.encode(), f"ghar identity {purpose}".encode(), "sha256")


def keyed_digest(key: bytes, *parts: str) -> str:
    """The keyed hash of some text, hex. Codes have too few digits for a plain hash to hide them."""
    return hmac.new(key, "\x1f".join(parts).encode(), "sha256").hexdigest()


def digest(token: str) -> str:
    """The hash of a token that is random enough to need no key, hex."""
    return hashlib.sha256(token.encode()).hexdigest()


def same(one: str, other: str) -> bool:
    """Are two texts equal? Takes as long whether they are or not."""
    return hmac.compare_digest(one.encode(), other.encode())


def successor(key: bytes, parent: str, salt: str) -> str:
    """The refresh token that follows another: always the same one for the same parent and salt."""
    return base64.urlsafe_b64encode(bytes.fromhex(keyed_digest(key, parent, salt))).rstrip(b"=").decode()


def is_challenge(text: str) -> bool:
    """Could this be a PKCE challenge? RFC 7636 section 4.2."""
    return _VERIFIER.fullmatch(text) is not None


def answers_challenge(*, challenge: str, method: str | None, verifier: str) -> bool:
    """Does a PKCE verifier belong to the challenge? Without a challenge only the empty verifier does."""
    if not challenge:
        return not verifier
    if method != "s256":
        return same(challenge, verifier)
    hashed = base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).rstrip(b"=").decode()
    return same(challenge, hashed)


def field_of(identifier: str) -> str:
    """The account's field that an identifier belongs in: `email` or `phone`."""
    return "email" if "@" in identifier else "phone"


def channel_of(identifier: str) -> str:
    """What reaches an identifier: `email` or `sms`."""
    return "email" if "@" in identifier else "sms"


def address_or_none(text: str) -> str | None:
    """The IP address that a text spells."""
    try:
        return str(ipaddress.ip_address(text))
    except ValueError:
        return None


def seconds_of(duration: str) -> int | None:
    """A duration such as `24h` or `1h30m` in seconds; 0 for `none`; None for anything else."""
    if duration == "none":
        return 0
    if not re.fullmatch(r"(\d{1,9}[hms])+", duration):
        return None
    units = {"h": 3600, "m": 60, "s": 1}
    return sum(int(number) * units[unit] for number, unit in re.findall(r"(\d+)([hms])", duration))


def weaknesses(password: str, *, is_common: bool) -> list[str]:
    """Why a password is too weak, in the wire's words; empty when it will do.

    `length`: shorter than eight characters. `characters`: one character over and over. `pwned`: it stands in the
    public lists of leaked passwords.
    """
    found = {
        "length": len(password) < SHORTEST_PASSWORD,
        "characters": len(set(password)) < 3,
        "pwned": is_common,
    }
    return [reason for reason, holds in found.items() if holds]


def may_lead_to(target: str, allowed: list[str], *, any_loopback: bool) -> bool:
    """May a browser be sent there after sign-in?

    An allowed URL admits its own scheme and host, and paths below its own. With `any_loopback` every http(s) port
    of this machine is admitted too, for development.
    """
    try:
        given = urlsplit(target)
        loopback = given.scheme in ("http", "https") and given.hostname in _LOOPBACK
    except ValueError:
        return False
    climbs = ".." in unquote(given.path).split("/")
    if not given.scheme or given.username is not None or climbs or re.search(r"[\x00-\x20\\]", target):
        return False
    return (any_loopback and loopback) or any(_is_below(given, urlsplit(entry)) for entry in allowed)


def _is_below(given: SplitResult, entry: SplitResult) -> bool:
    base = entry.path.rstrip("/")
    same_place = (given.scheme, given.netloc) == (entry.scheme, entry.netloc)
    return same_place and (given.path.rstrip("/") == base or given.path.startswith(f"{base}/"))


def with_query(url: str, **extra: str) -> str:
    """The URL with more query parameters; those it has stay."""
    parts = urlsplit(url)
    query = urlencode([*parse_qsl(parts.query, keep_blank_values=True), *extra.items()])
    return urlunsplit(parts._replace(query=query))
