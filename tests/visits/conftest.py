"""A listing of the owner, and everybody's client."""

from collections.abc import Callable
from typing import Any

import pytest

from apps.accounts.models import User
from apps.properties.models import Property
from tests.support.cast import Cast
from tests.support.client import Client
from tests.support.listings import make_listing

Post = Callable[..., Any]


@pytest.fixture
def listing(cast: Cast) -> Property:
    """The owner's house."""
    return make_listing(cast.owner, title="Sunny house", owner_contact="+919810000001")


@pytest.fixture
def schedule(api: Client) -> Post:
    """`schedule(person, listing, when, **body)` asks for a visit over REST."""

    def ask(person: User, place: Property, when: Any, **body: Any) -> Any:
        when = when.isoformat() if hasattr(when, "isoformat") else when
        return api.as_(person).post("/api/v1/visits", {"property_id": place.pk, "scheduled_date": when, **body})

    return ask


@pytest.fixture
def put(api: Client) -> Post:
    """`put(person, visit, **changes)` writes fields of a visit over REST."""
    return lambda person, visit, **changes: api.as_(person).put(f"/api/v1/visits/{visit.pk}", changes)


@pytest.fixture
def act(api: Client) -> Post:
    """`act(person, visit, "cancel", **body)` calls an action of a visit over REST."""
    return lambda person, visit, verb, **body: api.as_(person).post(f"/api/v1/visits/{visit.pk}/{verb}", body)
