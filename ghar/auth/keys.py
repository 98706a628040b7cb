"""The issuer's public keys: fetched when needed, kept an hour, refreshed on an unknown key id, never hammered."""

import threading
import time
from collections.abc import Callable
from typing import Any

import httpx2
import jwt
import structlog
from jwt import PyJWK

from ghar import http
from ghar.errors import Unavailable

log = structlog.get_logger(__name__)

KEEP_S = 3600
REFRESH_PAUSE_S = 10
FAILURE_PAUSE_S = 2
ALGORITHMS = ("ES256", "RS256")

Source = Callable[[], dict[str, Any]]


class ProviderUnreachable(Unavailable):
    """The identity provider cannot be asked. The token may be good: the client must keep its session."""

    code = "AUTH_PROVIDER_UNREACHABLE"
    message = "Authentication service is unreachable. Please retry."


class KeySet:
    """A cache over a source of JWKS documents. Safe to use from several threads.

    An unknown key id asks the source again, at most once in `REFRESH_PAUSE_S`, so that made-up ids cannot be
    used to drive traffic to the issuer. While the source fails, known keys keep working.
    """

    def __init__(self, source: Source, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._source = source
        self._clock = clock
        self._lock = threading.Lock()
        self._keys: dict[str, PyJWK] = {}
        self._fetched_at = float("-inf")
        self._tried_at = float("-inf")
        self._failed = False

    def find(self, key_id: str) -> PyJWK | None:
        """The key of that id, or None when the issuer has none. Raises ProviderUnreachable."""
        if key_id in self._keys and not self._is_old():
            return self._keys[key_id]
        with self._lock:
            if self._may_ask(key_id):
                self._ask()
        if key_id in self._keys:
            return self._keys[key_id]
        if self._failed:
            raise ProviderUnreachable
        return None

    def _is_old(self) -> bool:
        return self._clock() - self._fetched_at > KEEP_S

    def _may_ask(self, key_id: str) -> bool:
        if key_id in self._keys and not self._is_old():
            return False
        return self._clock() - self._tried_at > (FAILURE_PAUSE_S if self._failed else REFRESH_PAUSE_S)

    def _ask(self) -> None:
        self._tried_at = self._clock()
        try:
            document = self._source()
        except (httpx2.HTTPError, ValueError, Unavailable) as fault:
            self._failed = True
            log.warning("identity keys could not be fetched", error=str(fault))
            return
        self._failed = False
        self._fetched_at = self._clock()
        self._keys = _usable(document)


def _usable(document: dict[str, Any]) -> dict[str, PyJWK]:
    """The signature keys we accept, by id."""
    keys = {}
    for entry in document.get("keys", []):
        if entry.get("kty") in ("EC", "RSA") and entry.get("kid"):
            try:
                keys[entry["kid"]] = PyJWK(entry, algorithm=entry.get("alg") or _algorithm(entry))
            except jwt.PyJWTError as unusable:
                log.warning("an identity key is not usable", kid=entry["kid"], error=str(unusable))
    return keys


def _algorithm(entry: dict[str, Any]) -> str:
    return "ES256" if entry["kty"] == "EC" else "RS256"


def fetched_from(url: str, *, api_key: str, timeout_s: float) -> Source:
    """A source that reads a JWKS document over HTTP."""

    def fetch() -> dict[str, Any]:
        answer = http.client("identity", timeout_s=timeout_s).get(url, headers={"apikey": api_key})
        answer.raise_for_status()
        document: dict[str, Any] = answer.json()
        return document

    return fetch
