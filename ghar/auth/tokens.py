"""One verifier of bearer tokens for every door: REST, sockets, streams and tools."""

import hashlib
import threading
import time
from collections import OrderedDict
from functools import cache

import jwt
from django.conf import settings

from ghar.auth.claims import Claims
from ghar.auth.keys import ALGORITHMS, KeySet
from ghar.auth.provider import provider
from ghar.errors import NotSignedIn

REMEMBER_S = 60
REMEMBER_MOST = 5000


class HeaderMissing(NotSignedIn):
    """There is no Authorization header."""

    code = "AUTH_HEADER_MISSING"
    message = "Authorization header missing"


class HeaderMalformed(NotSignedIn):
    """The header is not two words."""

    code = "INVALID_AUTH_HEADER"
    message = "Invalid authorization header"


class SchemeUnknown(NotSignedIn):
    """The first word is not Bearer."""

    code = "INVALID_AUTH_SCHEME"
    message = "Invalid authentication scheme"


class TokenInvalid(NotSignedIn):
    """The token is malformed, expired, for somebody else, or not signed by the issuer."""

    code = "TOKEN_INVALID"
    message = "Invalid or expired token"

    def __init__(self) -> None:
        super().__init__(headers={"WWW-Authenticate": 'Bearer error="invalid_token"'})


def from_header(value: str | None) -> str:
    """The token of an `Authorization` header. Raises the matching NotSignedIn."""
    if not value:
        raise HeaderMissing
    words = value.split()
    if len(words) != 2:
        raise HeaderMalformed
    if words[0].lower() != "bearer":
        raise SchemeUnknown
    return words[1]


class TokenVerifier:
    """Checks signature, issuer, audience and time. Good answers are remembered for a minute, never past `exp`."""

    def __init__(self, keys: KeySet, *, issuer: str, audiences: list[str]) -> None:
        self._keys = keys
        self._issuer = issuer
        self._audiences = audiences
        self._known: OrderedDict[bytes, tuple[float, Claims]] = OrderedDict()
        self._lock = threading.Lock()

    def verify(self, token: str) -> Claims:
        """The claims of a good token. Raises TokenInvalid, or ProviderUnreachable when the keys cannot be had."""
        digest = hashlib.sha256(token.encode()).digest()
        if (claims := self._remembered(digest)) is not None:
            return claims
        claims = self._check(token)
        self._remember(digest, claims)
        return claims

    def _check(self, token: str) -> Claims:
        try:
            header = jwt.get_unverified_header(token)
        except (jwt.PyJWTError, ValueError) as malformed:
            raise TokenInvalid from malformed
        if header.get("alg") not in ALGORITHMS or not isinstance(header.get("kid"), str):
            raise TokenInvalid
        key = self._keys.find(header["kid"])
        if key is None or key.algorithm_name != header["alg"]:
            raise TokenInvalid
        return self._decode(token, key)

    def _decode(self, token: str, key: jwt.PyJWK) -> Claims:
        try:
            payload = jwt.decode(
                token,
                key,
                algorithms=[key.algorithm_name],
                issuer=self._issuer,
                audience=self._audiences,
                options={"require": ["exp", "iat", "iss", "sub"]},
            )
            return Claims.from_payload(payload)
        except (jwt.PyJWTError, ValueError, TypeError, AttributeError) as wrong:
            raise TokenInvalid from wrong

    def _remembered(self, digest: bytes) -> Claims | None:
        entry = self._known.get(digest)
        if entry is None or entry[0] < time.time():
            return None
        return entry[1]

    def _remember(self, digest: bytes, claims: Claims) -> None:
        with self._lock:
            self._known[digest] = (min(time.time() + REMEMBER_S, claims.expires_at), claims)
            while len(self._known) > REMEMBER_MOST:
                self._known.popitem(last=False)


@cache
def verifier() -> TokenVerifier:
    """The verifier of this process."""
    return TokenVerifier(
        KeySet(lambda: provider().keys()), issuer=settings.AUTH_ISSUER, audiences=settings.AUTH_AUDIENCES
    )
