"""The keys that sign access tokens: made once, kept sealed, published, changed without signing anybody out."""

import base64
import json
from dataclasses import dataclass
from datetime import timedelta
from functools import cache, lru_cache
from typing import Any

import structlog
from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import transaction
from jwt.algorithms import ECAlgorithm

from apps.identity import rules
from apps.identity.models import SigningKey
from ghar import clock
from ghar.db import locks

log = structlog.get_logger(__name__)

ALGORITHM = "ES256"
KEEP_RETIRED = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Signer:
    """A private key and the id by which verifiers find its public half."""

    kid: str
    private_key: ec.EllipticCurvePrivateKey
    public_jwk: dict[str, Any]


class SealBroken(Exception):
    """A stored key was sealed under another SECRET_KEY."""


def system_signer() -> Signer:
    """The key to sign with now: the configured one, else the stored one, made when there is none.

    A stored key that cannot be opened, because SECRET_KEY has changed, is retired and replaced: its tokens stay
    good until they run out.
    """
    if settings.IDENTITY_SIGNING_KEY:
        return _configured(settings.IDENTITY_SIGNING_KEY)
    stored = _active() or _make_first()
    try:
        return _opened(stored.kid, stored.sealed_private)
    except SealBroken:
        log.exception("the signing key was sealed under another SECRET_KEY; a new one takes its place", kid=stored.kid)
        return system_rotate_key(instead_of=stored.kid)


def system_published_keys() -> dict[str, Any]:
    """The JWKS document: the key that signs, then the retired ones whose tokens may still be about."""
    signer = system_signer()
    stored = SigningKey.objects.exclude(kid=signer.kid).order_by("-created_at")
    return {"keys": [signer.public_jwk, *stored.values_list("public_jwk", flat=True)]}


@transaction.atomic
def system_rotate_key(*, instead_of: str | None = None) -> Signer:
    """Retire the active key and make a new one. Of several callers with the same `instead_of` one does it."""
    locks.hold("identity signing key")
    active = _active()
    if active is not None and instead_of not in (None, active.kid):
        return _opened(active.kid, active.sealed_private)
    SigningKey.objects.filter(retired_at=None).update(retired_at=clock.now())
    made = _store(_generate())
    log.info("a new signing key is active", kid=made.kid)
    return _opened(made.kid, made.sealed_private)


def system_purge_keys() -> int:
    """Forget retired keys whose last token has run out."""
    life = timedelta(seconds=settings.IDENTITY_TOKEN_SECONDS)
    return SigningKey.objects.filter(retired_at__lt=clock.now() - life - KEEP_RETIRED).delete()[0]


def _active() -> SigningKey | None:
    return SigningKey.objects.filter(retired_at=None).first()


@transaction.atomic
def _make_first() -> SigningKey:
    """Processes that start at once wait for each other here, and all but the first find the key made."""
    locks.hold("identity signing key")
    return _active() or _store(_generate())


def _generate() -> ec.EllipticCurvePrivateKey:
    return ec.generate_private_key(ec.SECP256R1())


def _store(private_key: ec.EllipticCurvePrivateKey) -> SigningKey:
    signer = _signer(private_key)
    pem = private_key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    return SigningKey.objects.create(
        kid=signer.kid,
        public_jwk=signer.public_jwk,
        sealed_private=_box().encrypt(pem).decode(),
        created_at=clock.now(),
    )


def _box() -> Fernet:
    return Fernet(base64.urlsafe_b64encode(rules.derived_key(settings.SECRET_KEY, "signing key seal")))


@lru_cache(maxsize=8)
def _opened(kid: str, sealed: str) -> Signer:
    try:
        pem = _box().decrypt(sealed.encode())
    except InvalidToken as broken:
        raise SealBroken(kid) from broken
    return _signer(_loaded(pem))


@cache
def _configured(pem: str) -> Signer:
    try:
        return _signer(_loaded(pem.replace("\\n", "\n").encode()))
    except (ValueError, TypeError) as wrong:
        raise ImproperlyConfigured("IDENTITY_SIGNING_KEY must be the PEM of a P-256 private key.") from wrong


def _loaded(pem: bytes) -> ec.EllipticCurvePrivateKey:
    key = serialization.load_pem_private_key(pem, password=None)
    if not isinstance(key, ec.EllipticCurvePrivateKey) or not isinstance(key.curve, ec.SECP256R1):
        raise TypeError("not a P-256 key")
    return key


def _signer(private_key: ec.EllipticCurvePrivateKey) -> Signer:
    """The key id is the thumbprint of RFC 7638, so the same key has the same id everywhere."""
    jwk: dict[str, Any] = json.loads(ECAlgorithm.to_jwk(private_key.public_key()))
    named = json.dumps({name: jwk[name] for name in ("crv", "kty", "x", "y")}, separators=(",", ":"))
    kid = rules.digest(named)[:32]
    public = {name: jwk[name] for name in ("kty", "crv", "x", "y")}
    return Signer(kid, private_key, {**public, "kid": kid, "use": "sig", "alg": ALGORITHM, "key_ops": ["verify"]})
