"""A saved search at its address: the search and what it finds now, for whoever saved it."""

import pytest

from apps.discovery.services import saved_searches
from ghar import resources
from ghar.actors import ANONYMOUS, Actor
from tests.support.listings import make_listing

pytestmark = pytest.mark.django_db


@pytest.fixture
def saved(cast):
    asked = {"name": "Three rooms", "filters": {"bedrooms_min": 3}, "notify": False}
    return saved_searches.save_search(actor=Actor.of(cast.seeker), **asked)


def test_it_shows_what_is_found_now(cast, saved):
    make_listing(cast.owner, title="Small", bedrooms=1)
    make_listing(cast.owner, title="Large", bedrooms=4)
    read = resources.read(Actor.of(cast.seeker), f"ghar://saved-search/{saved.pk}")
    assert read.data["saved_search"]["name"] == "Three rooms"
    assert [one["title"] for one in read.data["properties"]] == ["Large"]


def test_it_is_nobody_elses(cast, saved):
    uri = f"ghar://saved-search/{saved.pk}"
    assert resources.read(Actor.of(cast.admin), uri).data["code"] == "SAVED_SEARCH_NOT_FOUND"
    assert resources.read(ANONYMOUS, uri).data["code"] == "UNAUTHORIZED"
