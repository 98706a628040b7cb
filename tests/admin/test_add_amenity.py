"""Admins add to the vocabulary of amenities, where each title is there once."""

from django.urls import reverse

from apps.properties.models import Amenity

ADD = reverse("admin:properties_amenity_add")


def test_a_second_one_of_a_title_is_refused_in_words(cast, browser):
    admin = browser(cast.admin)
    assert admin.post(ADD, {"title": "Sky lounge", "is_active": "on"}).status_code == 302
    page = admin.post(ADD, {"title": "sky lounge", "is_active": "on"})
    assert "There is an amenity of this title already." in page.content.decode()
    assert Amenity.objects.filter(title__iexact="sky lounge").count() == 1
