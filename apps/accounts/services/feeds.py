"""The people that imported listings belong to."""

from typing import Any

from apps.accounts.models import User
from ghar import phones
from ghar.errors import BadRequest, NotFound

FEED_EMAIL = "imported-listings@ghar.invalid"  # .invalid can receive nothing, so nobody can claim it (RFC 2606)
FEED_NAME = "Imported listings"


class OwnerNotFound(NotFound):
    """No active user has the phone or email."""


def system_find_owner(contact: str) -> User:
    """The active user with this phone or email. Raises OwnerNotFound, or BadRequest when it is neither."""
    try:
        wanted = {"email": contact.strip().lower()} if "@" in contact else {"phone": phones.normalise(contact)}
    except ValueError as wrong:
        raise BadRequest(f"{contact!r} is neither a phone number nor an email address.") from wrong
    owner = User.objects.filter(is_active=True, **wanted).first()
    if owner is None:
        raise OwnerNotFound(f"No active user has {contact!r}.")
    return owner


def system_ensure_feed_owner() -> User:
    """The owner of listings that were imported for nobody in particular; nobody can sign in as it."""
    values: dict[str, Any] = {"full_name": FEED_NAME}
    owner, _ = User.objects.get_or_create(email=FEED_EMAIL, defaults=values)
    return owner
