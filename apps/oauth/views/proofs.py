"""How somebody at a page proves who they are. Attempts count by address here, by person at the identity service."""

from typing import Any

from rest_framework.request import Request

from apps.oauth.services import signing_in
from ghar import limits
from ghar.actors import ANONYMOUS, Actor

Values = dict[str, Any]

ATTEMPTS = limits.Limit(30, 300)
"""Forms from one address in five minutes."""


def count_attempt(request: Request) -> None:
    """Raises TooMany."""
    limits.enforce(f"oauth_consent:{limits.client_address(request._request)}", ATTEMPTS)


def by_password(request: Request, given: Values) -> Actor:
    """Whose phone or email and password these are. Raises SignInRefused, TooMany, UserInactive."""
    return signing_in.sign_in_with_password(**_who(request, given), password=given["password"])


def by_code(request: Request, given: Values) -> Actor:
    """To whom this code was sent. Raises SignInRefused, UserInactive."""
    return signing_in.sign_in_with_code(**_who(request, given), code=given["code"])


def send_code(request: Request, given: Values) -> None:
    """Send a code to whoever that is. Raises TooMany."""
    signing_in.send_code(**_who(request, given))


def _who(request: Request, given: Values) -> Values:
    address = limits.client_address(request._request)
    return {"actor": ANONYMOUS, "address": None if address == "unknown" else address, "name": given["phone"]}
