"""What needs no database: digests, PKCE, scopes, and where a client may take its codes."""

import base64
import hashlib
import hmac
import re
from urllib.parse import SplitResult, parse_qsl, unquote, urlencode, urlsplit, urlunsplit

READ, WRITE, OFFLINE = "mcp:read", "mcp:write", "offline_access"
SCOPES = (READ, WRITE, OFFLINE)
DEFAULT_SCOPE = f"{READ} {WRITE}"
MEANS = {
    READ: "See what you see, for instance listings and your visits",
    WRITE: "Act for you, for instance book or cancel a visit",
    OFFLINE: "Stay connected while it is used at least once in 30 days",
}
"""What each scope lets an app do, in words for the person who is asked."""
LOOPBACK = ("localhost", "127.0.0.1", "::1")
MOST_REDIRECTS = 10
LONGEST_URI = 2000

FIRST_PARTY = "ghar360-mcp"
FIRST_PARTY_REDIRECTS = (
    "http://localhost/callback",
    "https://chatgpt.com/connector_platform_oauth_redirect",
    "https://platform.openai.com/apps-manage/oauth",
)
FIRST_PARTY_PREFIX = "https://chatgpt.com/connector/oauth/"
WITHOUT_ISSUER = FIRST_PARTY_REDIRECTS[1:]
"""Callbacks that refuse an `iss` parameter."""

LONGEST_CLIENT_ID = 500

_CHALLENGE = re.compile(r"[A-Za-z0-9_-]{43}")
_VERIFIER = re.compile(r"[A-Za-z0-9._~-]{43,128}")
_PRINTABLE = re.compile(r"[\x21-\x7e]+")


def digest(secret: str) -> str:
    """The hash under which a random secret is kept, hex."""
    return hashlib.sha256(secret.encode()).hexdigest()


def is_challenge(text: str) -> bool:
    """Could this be an S256 challenge? RFC 7636 section 4.2: the base64url of 32 bytes."""
    return _CHALLENGE.fullmatch(text) is not None


def answers(challenge: str, verifier: str) -> bool:
    """Does a verifier belong to an S256 challenge?"""
    if not _VERIFIER.fullmatch(verifier):
        return False
    hashed = base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).rstrip(b"=").decode()
    return hmac.compare_digest(challenge, hashed)


def scope_of(asked: str | None) -> str | None:
    """The scopes asked for, in their fixed order; the usual ones for none, None for an unknown one."""
    names = (asked or DEFAULT_SCOPE).split()
    if not names or any(name not in SCOPES for name in names) or not {READ, WRITE} & set(names):
        return None
    return " ".join(name for name in SCOPES if name in names)


def narrowed(granted: str, asked: str | None) -> str | None:
    """The scopes of a refreshed token: those asked for, if all of them were granted; None otherwise."""
    if not asked:
        return granted
    scope = scope_of(asked)
    return scope if scope is not None and set(scope.split()) <= set(granted.split()) else None


def is_redirect(uri: str) -> bool:
    """May a client register this address? https, or http on this machine; no fragment, no user, no odd characters."""
    if len(uri) > LONGEST_URI or not _PRINTABLE.fullmatch(uri) or "\\" in uri or "#" in uri:
        return False
    parts = _split(uri)
    if parts is None or not parts.hostname or "@" in parts.netloc:
        return False
    return parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in LOOPBACK)


def is_page(uri: str) -> bool:
    """May staff be shown this address of a client's as a link? http or https, without odd characters."""
    parts = _split(uri) if _PRINTABLE.fullmatch(uri) else None
    return parts is not None and parts.scheme in ("http", "https") and bool(parts.hostname)


def is_document(client_id: str) -> bool:
    """Is a client's id the address of its document? https with a path, without `.` and `..`, fragment and user."""
    if not client_id.startswith("https://") or len(client_id) > LONGEST_CLIENT_ID or not is_redirect(client_id):
        return False
    path = urlsplit(client_id).path
    return path not in ("", "/") and not {".", ".."} & set(unquote(path).split("/"))


def host_of(client_id: str) -> str | None:
    """Where a client's document is, and so whose word its name is; None for one that registered itself."""
    return urlsplit(client_id).netloc if is_document(client_id) else None


def is_on_this_machine(uri: str) -> bool:
    """Does a callback lead to whatever listens on the person's own machine?"""
    return urlsplit(uri).hostname in LOOPBACK


def allows(registered: list[str], uri: str, *, client_id: str) -> bool:
    """Is this address one of a client's? Exactly, but for the port on this machine (RFC 8252 section 7.3)."""
    if not is_redirect(uri):
        return False
    if any(uri == one or _same_but_port(one, uri) for one in registered):
        return True
    if client_id != FIRST_PARTY:
        return False
    parts = urlsplit(uri)
    return parts.hostname in LOOPBACK or (uri.startswith(FIRST_PARTY_PREFIX) and ".." not in unquote(uri))


def _same_but_port(one: str, other: str) -> bool:
    left, right = urlsplit(one), urlsplit(other)
    return (
        left.scheme == right.scheme == "http"
        and left.hostname == right.hostname
        and left.hostname in LOOPBACK
        and (left.path, left.query) == (right.path, right.query)
    )


def _split(uri: str) -> SplitResult | None:
    try:
        parts = urlsplit(uri)
        _ = parts.port
    except ValueError:
        return None
    return parts


def origin_of(uri: str) -> str:
    """Scheme, host and port, as a content security policy writes them."""
    parts = urlsplit(uri)
    return f"{parts.scheme}://{parts.netloc}"


def with_parameters(uri: str, **parameters: str | None) -> str:
    """An address with further query parameters; None leaves one out."""
    parts = urlsplit(uri)
    added = [(name, value) for name, value in parameters.items() if value is not None]
    return urlunsplit(parts._replace(query=urlencode([*parse_qsl(parts.query, keep_blank_values=True), *added])))
