"""Where another provider is used, there is nothing at `/auth/v1`."""

from typing import Any

import pytest

from tests.identity.wire import PHONE, Wire


@pytest.mark.django_db
def test_every_address_is_gone(wire: Wire, settings: Any) -> None:
    settings.IDENTITY_EMBEDDED = False
    secret = wire.bearing(settings.SUPABASE_SECRET_KEY)
    for answer in (
        wire.ask_code(PHONE),
        wire.get(".well-known/jwks.json"),
        wire.get("user"),
        secret.get("admin/users"),
    ):
        assert answer.status_code == 404
