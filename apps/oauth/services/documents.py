"""Apps whose id is the address of a document (client id metadata documents): read, and kept for a while."""

from datetime import timedelta

from apps.oauth import rules
from apps.oauth.gateways import documents
from apps.oauth.models import Client
from ghar import clock, limits

READS = limits.Limit(20, 60)
"""Documents read from one host in a minute, whoever asks, so that nobody has this server pester another."""


def system_client_at(url: str) -> Client:
    """The client that the document at that address describes, read again when what it said no longer counts.

    Nothing is kept of a document that is refused. Raises DocumentRefused, TooMany, NoSlot.
    """
    known = Client.objects.filter(client_id=url, document_until__gt=clock.now()).first()
    if known is not None:
        return known
    limits.enforce(f"oauth_documents:{rules.host_of(url)}", READS)
    document, seconds = documents.fetch(url)
    said = {
        "name": document.client_name,
        "redirect_uris": document.redirect_uris,
        "document_until": clock.now() + timedelta(seconds=seconds),
    }
    return Client.objects.update_or_create(client_id=url, defaults=said)[0]
