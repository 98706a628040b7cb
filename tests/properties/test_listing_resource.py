"""A listing at its address is what this reader may see of it."""

import pytest

from ghar import prompts, resources
from ghar.actors import ANONYMOUS, Actor
from tests.support.listings import make_listing

pytestmark = pytest.mark.django_db


def test_everybody_reads_a_listing(cast):
    listing = make_listing(cast.owner, title="Sunny house")
    read = resources.read(ANONYMOUS, f"ghar://listing/{listing.id}")
    assert (read.data["id"], read.data["title"]) == (listing.id, "Sunny house")


def test_one_that_is_not_live_is_its_owners(cast):
    waiting = {"moderation_status": "pending_review"}
    hidden = make_listing(cast.owner, property_type="pg", purpose="rent", listing_preferences=waiting)
    codes = {
        who: resources.read(actor, f"ghar://listing/{hidden.id}").data.get("code")
        for who, actor in {"owner": Actor.of(cast.owner), "stranger": Actor.of(cast.stranger), "": ANONYMOUS}.items()
    }
    assert codes == {"owner": None, "stranger": "PROPERTY_NOT_FOUND", "": "PROPERTY_NOT_FOUND"}


def test_the_request_for_a_home_names_the_wishes():
    said = prompts.get(ANONYMOUS, "find_a_home", {"city": "Gurugram", "bedrooms": "2", "budget": "40000"})
    assert "- in: Gurugram\n- bedrooms: at least 2\n- budget: 40000" in said.data["text"]
    assert "must have" not in said.data["text"]


@pytest.mark.parametrize(("field", "value"), [("purpose", "steal"), ("bedrooms", "many"), ("city", "x" * 101)])
def test_a_wrong_wish_is_named(field, value):
    refused = prompts.get(ANONYMOUS, "find_a_home", {"city": "Gurugram", field: value})
    assert refused.data["details"][0]["loc"] == ["arguments", field]
