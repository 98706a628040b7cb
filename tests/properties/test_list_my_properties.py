"""An owner's own listings, of any status, newest first."""

import pytest

from tests.support.listings import make_listing

pytestmark = pytest.mark.django_db
URL = "/api/v1/properties/me"


def test_mine_of_any_status_newest_first(cast, api):
    sold = make_listing(cast.owner, status="sold", is_available=False)
    hidden = make_listing(
        cast.owner, property_type="pg", purpose="rent", listing_preferences={"moderation_status": "rejected"}
    )
    make_listing(cast.stranger)
    items = api.as_(cast.owner).get(URL).json()["items"]
    assert [item["id"] for item in items] == [hidden.id, sold.id]
    assert items[0]["listing_preferences"] == {"moderation_status": "rejected"}


def test_an_admin_has_only_their_own(cast, api):
    make_listing(cast.owner)
    assert api.as_(cast.admin).get(URL).json()["items"] == []


def test_pages(cast, api):
    made = [make_listing(cast.owner).id for _ in range(3)]
    client = api.as_(cast.owner)
    first = client.get(URL, {"limit": 2, "include_total": "true"}).json()
    second = client.get(URL, {"limit": 2, "cursor": first["next_cursor"]}).json()
    assert first["total"] == 3
    assert [item["id"] for page in (first, second) for item in page["items"]] == made[::-1]
