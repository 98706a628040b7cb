"""A list of staff costs the same number of queries however many rows it shows."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from apps.accounts.models import User
from apps.properties.models import Amenity
from tests.support.listings import add_images, make_listing


def _more_listings(cast, start):
    for number in range(start, start + 5):
        owner = User.objects.create(phone=f"+9199100000{number:02}")
        add_images(make_listing(owner, at=(28.4, 77.0)), "front")


def _more_people(cast, start):
    for number in range(start, start + 5):
        User.objects.create(phone=f"+9199100000{number:02}", full_name="Some Body")


def _more_amenities(cast, start):
    Amenity.objects.bulk_create(Amenity(title=f"Amenity {number}") for number in range(start, start + 5))


@pytest.mark.parametrize(
    ("screen", "add"),
    [
        ("properties_property_changelist", _more_listings),
        ("properties_property_points", _more_listings),
        ("accounts_user_changelist", _more_people),
        ("properties_amenity_changelist", _more_amenities),
    ],
)
def test_more_rows_cost_no_more_queries(cast, browser, screen, add):
    client, url = browser(cast.admin), reverse(f"admin:{screen}")
    add(cast, 10)
    client.get(url)
    with CaptureQueriesContext(connection) as few:
        client.get(url)
    add(cast, 20)
    with CaptureQueriesContext(connection) as many:
        assert client.get(url).status_code == 200
    assert len(many) == len(few)
