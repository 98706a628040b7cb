"""Signing keys: made once, sealed, rotated without signing anybody out, replaced when their seal is lost."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import jwt
import pytest
from django.core.management import CommandError, call_command

from apps.identity.models import SigningKey
from apps.identity.services import keys
from ghar import clock
from ghar.auth.keys import KeySet
from ghar.auth.tokens import TokenInvalid, TokenVerifier
from tests.identity.wire import Wire


@pytest.fixture
def stored_keys(settings: Any) -> None:
    """Keys are kept in the database."""
    settings.IDENTITY_SIGNING_KEY = ""


def _verifier(wire: Wire, settings: Any) -> TokenVerifier:
    """A verifier that has just started, and reads the published document."""
    source = KeySet(lambda: wire.get(".well-known/jwks.json").json())
    return TokenVerifier(source, issuer=settings.AUTH_ISSUER, audiences=["authenticated"])


@pytest.mark.django_db
def test_a_token_verifies_with_the_published_key(wire: Wire, settings: Any, stored_keys: None) -> None:
    session = wire.sign_in()
    assert _verifier(wire, settings).verify(session["access_token"]).subject == session["user"]["id"]


@pytest.mark.django_db
def test_the_private_half_is_sealed(wire: Wire, stored_keys: None) -> None:
    wire.sign_in()
    stored = SigningKey.objects.get()
    assert "PRIVATE" not in stored.sealed_private
    assert "d" not in stored.public_jwk


@pytest.mark.django_db
def test_a_rotation_keeps_the_tokens_of_the_old_key_good(wire: Wire, settings: Any, stored_keys: None) -> None:
    old = wire.sign_in()["access_token"]
    call_command("rotate_identity_key")
    new = wire.sign_in()["access_token"]
    assert jwt.get_unverified_header(old)["kid"] != jwt.get_unverified_header(new)["kid"]
    verifier = _verifier(wire, settings)
    assert verifier.verify(old).subject == verifier.verify(new).subject


@pytest.mark.django_db
def test_a_retired_key_goes_when_its_tokens_have_run_out(wire: Wire, settings: Any, stored_keys: None) -> None:
    old = wire.sign_in()["access_token"]
    call_command("rotate_identity_key")
    SigningKey.objects.filter(retired_at__isnull=False).update(retired_at=clock.now() - timedelta(days=2))
    call_command("run_job", "identity.purge_identity")
    with pytest.raises(TokenInvalid):
        _verifier(wire, settings).verify(old)


@pytest.mark.django_db
def test_another_secret_key_replaces_the_signing_key(wire: Wire, settings: Any, stored_keys: None) -> None:
    old = wire.sign_in()["access_token"]
    settings.SECRET_KEY = "another secret of more than thirty-two characters"
    keys._opened.cache_clear()
    new = wire.sign_in()["access_token"]
    verifier = _verifier(wire, settings)
    assert verifier.verify(old).subject == verifier.verify(new).subject
    assert SigningKey.objects.filter(retired_at=None).count() == 1


@pytest.mark.django_db
def test_a_configured_key_is_used_and_not_stored(wire: Wire, settings: Any) -> None:
    session = wire.sign_in()
    assert _verifier(wire, settings).verify(session["access_token"])
    assert not SigningKey.objects.exists()
    with pytest.raises(CommandError, match="IDENTITY_SIGNING_KEY"):
        call_command("rotate_identity_key")


@pytest.mark.django_db(transaction=True)
def test_processes_that_start_at_once_agree_on_one_key(stored_keys: None, at_once: Callable[..., list[Any]]) -> None:
    signers = at_once([keys.system_signer] * 4)
    assert len({signer.kid for signer in signers}) == 1
    assert SigningKey.objects.count() == 1
