"""Models keep searches for people."""

import pytest

from apps.discovery.models import SavedSearch
from ghar.actors import ANONYMOUS, Actor
from ghar.tools import call

pytestmark = pytest.mark.django_db


@pytest.fixture
def seeker(cast):
    return Actor.of(cast.seeker)


def save(actor, **filters):
    return call(actor, "discovery_save_search", {"name": "Mine", "filters": filters})


def test_one_is_kept_listed_and_forgotten(seeker):
    saved = save(seeker, city="Gurugram").data["saved_search"]
    assert (saved["filters"], saved["notify"]) == ({"city": "Gurugram"}, True)
    listed = call(seeker, "discovery_saved_searches", {}).data
    assert ([one["id"] for one in listed["saved_searches"]], listed["total"]) == ([saved["id"]], 1)
    assert call(seeker, "discovery_delete_saved_search", {"saved_search_id": saved["id"]}).data["success"]
    assert not SavedSearch.objects.exists()


def test_a_wrong_filter_is_a_clear_refusal(seeker):
    outcome = save(seeker, property_type="castle")
    assert (outcome.data["code"], outcome.data["details"][0]["loc"][2]) == ("VALIDATION_ERROR", "property_type")


def test_nobody_does_it_without_signing_in(db):
    assert save(ANONYMOUS, city="Gurugram").data["code"] == "UNAUTHORIZED"
