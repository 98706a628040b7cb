"""Swiping over REST."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.support.cast import Cast
from tests.support.client import Client

SWIPES = "/api/v1/swipes"


@pytest.fixture
def swipe(api: Client, cast: Cast) -> Callable[..., Any]:
    """`swipe(listing, liked, person=seeker)` likes or passes a listing."""

    def call(listing: Any, liked: bool = True, person: Any = None) -> Any:
        body = {"property_id": getattr(listing, "pk", listing), "is_liked": liked}
        return api.as_(person or cast.seeker).post(SWIPES, body)

    return call
