"""Searches that people keep."""

from functools import partial

import pytest

from apps.discovery.models import SavedSearch
from apps.discovery.services import saved_searches
from tests.support import follow_ups
from tests.support.at_once import at_once
from tests.support.listings import make_listing

URL = "/api/v1/users/me/saved-searches"
WANTED = {"city": "Gurugram", "purpose": "rent", "price_max": 40000, "property_type": ["apartment", "villa"]}


@pytest.fixture
def seeker(api, cast):
    return api.as_(cast.seeker)


def save(client, name="Near work", **filters):
    answer = client.post(URL, {"name": name, "filters": filters or WANTED})
    assert answer.status_code == 200, answer.content
    return answer.json()


@pytest.mark.django_db
def test_it_is_kept_as_it_was_given(seeker):
    saved = save(seeker)
    assert (saved["name"], saved["filters"], saved["notify"], saved["new_count"]) == ("Near work", WANTED, True, 0)
    assert seeker.get(f"{URL}/{saved['id']}").json() == saved


@pytest.mark.django_db
def test_what_says_nothing_is_not_kept(seeker):
    filters = {"city": "Delhi", "q": "", "bedrooms_min": None, "cursor": "x", "limit": 5, "colour": "red", "radius": 5}
    assert save(seeker, **filters)["filters"] == {"city": "Delhi"}


@pytest.mark.django_db
@pytest.mark.parametrize("filter_of_zero", ["floor_number_max", "age_max", "bedrooms_max", "price_min"])
def test_zero_is_kept(seeker, filter_of_zero):
    assert save(seeker, **{filter_of_zero: 0})["filters"] == {filter_of_zero: 0}


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("filters", "field"),
    [
        ({"price_min": -1}, "price_min"),
        ({"price_min": 9, "price_max": 5}, "price_min"),
        ({"property_type": ["castle"]}, "property_type"),
        ({"lat": 91, "lng": 77}, "lat"),
        ({"city": {"name": "Delhi"}}, "city"),
        ({"amenities": [["Lift"]]}, "amenities"),
        ({"check_in": "soon"}, "check_in"),
    ],
)
def test_a_wrong_filter_is_named(seeker, filters, field):
    answer = seeker.post(URL, {"name": "Wrong", "filters": filters})
    assert answer.status_code == 422
    assert answer.json()["detail"][0]["loc"][:3] == ["body", "filters", field]
    assert not SavedSearch.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize(
    "body",
    [
        {},
        {"name": "", "filters": WANTED},
        {"name": "x" * 101, "filters": WANTED},
        {"name": "Nothing", "filters": {}},
        {"name": "Nothing", "filters": {"sort_by": "price_low", "lat": 28}},
        {"name": "No object", "filters": ["city"]},
        {"name": "No object", "filters": "city"},
        {"name": "No truth", "filters": WANTED, "notify": "perhaps"},
    ],
)
def test_what_is_no_search_is_refused(seeker, body):
    assert seeker.post(URL, body).status_code == 422


@pytest.mark.django_db
def test_a_place_alone_is_a_search(seeker):
    assert save(seeker, lat=28.45, lng=77.02, radius=10)["filters"] == {"lat": 28.45, "lng": 77.02, "radius": 10}


@pytest.mark.django_db
@pytest.mark.parametrize(
    "area", [{"bbox": "77.0,28.4,77.1,28.5"}, {"polygon": "77.0 28.4, 77.1 28.4, 77.1 28.5, 77.0 28.5"}]
)
def test_an_area_is_kept_found_and_taken_back(seeker, cast, area):
    inside = make_listing(cast.owner, at=(28.45, 77.05))
    make_listing(cast.owner, at=(28.6, 77.05))
    saved = save(seeker, **area)
    assert [one["id"] for one in seeker.get(f"{URL}/{saved['id']}/properties").json()["items"]] == [inside.pk]
    again = seeker.put(f"{URL}/{saved['id']}", {"filters": saved["filters"]}).json()
    assert again["filters"] == saved["filters"]


@pytest.mark.django_db
def test_the_given_fields_are_changed(seeker):
    saved = save(seeker)
    changed = seeker.put(f"{URL}/{saved['id']}", {"notify": False}).json()
    assert (changed["notify"], changed["name"], changed["filters"]) == (False, "Near work", WANTED)
    changed = seeker.put(f"{URL}/{saved['id']}", {"name": "Far", "filters": {"city": "Delhi"}}).json()
    assert (changed["notify"], changed["name"], changed["filters"]) == (False, "Far", {"city": "Delhi"})
    assert seeker.put(f"{URL}/{saved['id']}", {"filters": {"city": 7, "price_min": "x"}}).status_code == 422


@pytest.mark.django_db
def test_it_finds_what_a_search_finds(seeker, cast):
    fitting = make_listing(cast.owner, city="Gurugram", bedrooms=3)
    make_listing(cast.owner, city="Gurugram", bedrooms=1)
    saved = save(seeker, city="gurgaon", bedrooms_min=2, sort_by="price_low", available_from=None)
    found = seeker.get(f"{URL}/{saved['id']}/properties").json()
    assert [one["id"] for one in found["items"]] == [fitting.pk]


@pytest.mark.django_db
def test_a_date_is_read_again(seeker, cast):
    make_listing(cast.owner, available_from="2030-05-01T00:00:00Z")
    saved = save(seeker, available_from="2030-04-01")
    assert len(seeker.get(f"{URL}/{saved['id']}/properties").json()["items"]) == 1


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("method", "rest"), [("get", ""), ("put", ""), ("delete", ""), ("get", "/properties"), ("post", "/seen")]
)
def test_others_do_not_find_it(seeker, api, cast, method, rest):
    saved = save(seeker)
    answer = getattr(api.as_(cast.stranger), method)(f"{URL}/{saved['id']}{rest}", {})
    assert (answer.status_code, answer.json()["error"]["code"]) == (404, "SAVED_SEARCH_NOT_FOUND")
    assert SavedSearch.objects.count() == 1


@pytest.mark.django_db
def test_the_list_is_ones_own_the_newest_first(seeker, api, cast):
    save(api.as_(cast.stranger))
    names = [save(seeker, name)["name"] for name in ("one", "two", "three")]
    first = seeker.get(URL, {"limit": 2}).json()
    rest = seeker.get(URL, {"limit": 2, "cursor": first["next_cursor"]}).json()
    assert [one["name"] for one in first["items"] + rest["items"]] == names[::-1]


@pytest.mark.django_db
def test_it_is_forgotten(seeker):
    saved = save(seeker)
    assert seeker.delete(f"{URL}/{saved['id']}").status_code == 200
    assert seeker.delete(f"{URL}/{saved['id']}").status_code == 404


@pytest.mark.django_db
def test_there_is_an_end_to_them(seeker, monkeypatch):
    monkeypatch.setattr(saved_searches, "MOST", 2)
    save(seeker), save(seeker)
    answer = seeker.post(URL, {"name": "One more", "filters": WANTED})
    assert (answer.status_code, answer.json()["error"]["code"]) == (409, "TOO_MANY_SAVED_SEARCHES")


@pytest.mark.django_db(transaction=True)
def test_there_is_an_end_to_them_at_once_as_well(api, cast, monkeypatch):
    monkeypatch.setattr(saved_searches, "MOST", 2)
    client = api.as_(cast.seeker)
    answers = at_once([partial(client.post, URL, {"name": str(n), "filters": WANTED}) for n in range(5)])
    assert sorted(answer.status_code for answer in answers) == [200, 200, 409, 409, 409]


@pytest.mark.django_db(transaction=True)
def test_they_go_with_the_account(api, cast):
    save(api.as_(cast.seeker))
    assert api.as_(cast.seeker).delete("/api/v1/users/me").status_code == 200
    follow_ups.carry_out()
    assert not SavedSearch.objects.exists()
