"""What Ghar asks of the identity provider on a person's behalf, and what the provider tells us."""

import hashlib

import structlog
from django.conf import settings

from apps.accounts import rules
from apps.accounts.models import User
from ghar import clock
from ghar.actors import Actor
from ghar.auth.provider import provider
from ghar.errors import BadRequest, NotSignedIn
from ghar.realtime import publish
from ghar.store.namespaces import Namespace
from ghar.store.port import StoreAway, StoreFull

log = structlog.get_logger(__name__)

FRESH_S = 300
"""Seconds that a signed message may be old, or ahead of our clock."""
USED = Namespace("webhook_signatures", most_entries=100_000, most_bytes=16 * 1024 * 1024)


class SignatureRefused(NotSignedIn):
    """The message is not signed with the shared secret, is too old, or came before; or there is no secret."""

    code = "WEBHOOK_SIGNATURE_REFUSED"
    message = "Invalid or missing signature"


class IdentityRefused(BadRequest):
    """The provider did not accept the login."""

    message = "The identity could not be linked"


def link_identity(*, actor: Actor, provider_name: str, id_token: str) -> None:
    """Add a Google or Apple login to the actor's account.

    Raises IdentityRefused, or ProviderUnreachable (503) when the provider cannot be asked.
    """
    if not provider().link(actor.user.subject, provider=provider_name, id_token=id_token):
        raise IdentityRefused


def system_check_signature(*, body: bytes, signature: str, timestamp: str) -> None:
    """Let a message of the provider pass, once. Raises SignatureRefused.

    With a timestamp (unix seconds) the signature covers `timestamp.body`, and holds for five minutes and one use.
    Without one it covers the body alone, and could be sent again by whoever saw it; SUPABASE_WEBHOOK_TIMESTAMPS
    refuses that form.
    """
    signed = f"{timestamp}.".encode() + body if timestamp else body
    if not rules.is_signed(signed, settings.SUPABASE_WEBHOOK_SECRET, signature):
        raise SignatureRefused
    if timestamp:
        _insist_on_fresh(timestamp, signed)
    elif settings.SUPABASE_WEBHOOK_TIMESTAMPS:
        raise SignatureRefused


def _insist_on_fresh(timestamp: str, signed: bytes) -> None:
    is_number = timestamp.isascii() and timestamp.isdigit() and len(timestamp) < 16
    if not is_number or abs(clock.now().timestamp() - int(timestamp)) > FRESH_S or not _is_first(signed):
        raise SignatureRefused


def _is_first(signed: bytes) -> bool:
    """Did nobody send it yet, however its signature was spelled? While that cannot be known it is believed, and ending
    sessions again harms little."""
    name = hashlib.sha256(signed).hexdigest()
    try:
        return USED.add(name, b"", seconds=2 * FRESH_S, weight=len(name))
    except (StoreAway, StoreFull) as fault:
        log.warning("a signature may come twice", code=fault.code)
        return True


def system_end_sessions(*, subject: str) -> None:
    """After a new password: sign the person out everywhere. Raises ProviderUnreachable (503)."""
    provider().sign_out_everywhere(subject)
    for user_id in User.objects.filter(subject=subject).values_list("pk", flat=True):
        publish.end_readers(user_id)
    log.info("sessions ended after a new password", subject=subject)
