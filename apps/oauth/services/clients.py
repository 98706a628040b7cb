"""Apps register themselves (RFC 7591)."""

import secrets
from typing import Any

from apps.oauth import rules
from apps.oauth.models import Client
from ghar.actors import Actor
from ghar.errors import BadRequest


class RedirectRefused(BadRequest):
    """An address that codes must not be sent to."""

    code = "invalid_redirect_uri"
    message = "redirect_uris must be 1 to 10 addresses with https, or with http on this machine, without a fragment"


class MetadataRefused(BadRequest):
    """The client asks for what this server does not do."""

    code = "invalid_client_metadata"


def register_client(*, actor: Actor, metadata: dict[str, Any]) -> Client:
    """A new public client. Whoever it is, it gets nothing until a person consents.

    Raises RedirectRefused or MetadataRefused.
    """
    uris = metadata["redirect_uris"]
    if not 1 <= len(uris) <= rules.MOST_REDIRECTS or not all(map(rules.is_redirect, uris)):
        raise RedirectRefused
    if "code" not in (metadata.get("response_types") or ["code"]):
        raise MetadataRefused("response_types must include code")
    if "authorization_code" not in (metadata.get("grant_types") or ["authorization_code"]):
        raise MetadataRefused("grant_types must include authorization_code")
    if not all(rules.is_page(metadata[name]) for name in ("client_uri", "logo_uri") if metadata.get(name)):
        raise MetadataRefused("client_uri and logo_uri must be http or https addresses")
    if metadata.get("scope") and rules.scope_of(metadata["scope"]) is None:
        raise MetadataRefused(f"scope must be of {' '.join(rules.SCOPES)}")
    client = Client.objects.create(
        client_id=f"dyn_{secrets.token_hex(16)}",
        name=metadata["client_name"],
        redirect_uris=uris,
        client_uri=metadata.get("client_uri"),
        logo_uri=metadata.get("logo_uri"),
        contacts=metadata.get("contacts") or [],
    )
    client.refresh_from_db(fields=["created_at"])
    return client


def system_first_party() -> Client:
    """The platform's own client, which nobody has to register."""
    values = {"name": "Ghar", "redirect_uris": list(rules.FIRST_PARTY_REDIRECTS)}
    return Client.objects.get_or_create(client_id=rules.FIRST_PARTY, defaults=values)[0]
