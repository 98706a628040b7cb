"""Links of a deployment whose links the published apps open, and a listing to show."""

from typing import Any

import pytest

from apps.properties.models import Property
from tests.support.cast import Cast
from tests.support.listings import add_amenities, add_images, make_listing


@pytest.fixture(autouse=True)
def published(settings: Any) -> None:
    """As in production."""
    settings.LINK_BASE = "https://the360ghar.com"


@pytest.fixture
def sunny(cast: Cast) -> Property:
    """A house to rent, with one picture somewhere else."""
    house = make_listing(
        cast.owner,
        title='Sunny <b>"house"</b>',
        description='<p>Bright &amp; quiet.</p><img src="https://spy.example/a.gif"></script><h1>Big</h1>',
        purpose="rent",
        monthly_rent=45000,
        bedrooms=3,
        bathrooms=2,
        city="Gurugram",
        locality="Sector 54",
        area_sqft=1450,
        floor_number=0,
        total_floors=3,
        furnishing_level="semi_furnished",
        owner_contact="+919810099999",
        at=(28.44, 77.1),
    )
    add_images(house, "front")
    add_amenities(house, "Lift", "Park")
    return house
