"""An API client with bearer tokens of the test issuer."""

from typing import Any

from rest_framework.test import APIClient

from tests.support import issuer


class Client(APIClient):
    """DRF's test client, through every middleware; `as_(user)` gives a copy that is signed in."""

    def as_(self, user: Any) -> "Client":
        """The same client carrying the user's token."""
        return self.with_token(issuer.token_for(user))

    def with_token(self, token: str) -> "Client":
        """The same client carrying any token."""
        client = type(self)()
        client.credentials(HTTP_AUTHORIZATION=f"Bearer {token}")
        return client
