"""The amenity vocabulary."""

import pytest

from apps.properties.models import Amenity

pytestmark = pytest.mark.django_db


def test_active_ones_by_title(api):
    Amenity.objects.all().delete()
    Amenity.objects.create(title="Well", category="utilities")
    Amenity.objects.create(title="Attic")
    Amenity.objects.create(title="Moat", is_active=False)
    answer = api.get("/api/v1/amenities").json()
    assert [(amenity["title"], amenity["category"]) for amenity in answer] == [("Attic", None), ("Well", "utilities")]
