"""People are told of new listings that fit what they look for: once, together, and only while they want it."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import IntegrityError

from apps.discovery.models import SavedSearch, SavedSearchMatch
from apps.discovery.services import matching, saved_searches
from apps.notifications.models import Notification
from apps.properties.models import Property
from apps.properties.services import listings, moderation
from ghar import clock
from ghar.actors import Actor
from tests.support.at_once import at_once
from tests.support.listings import make_listing

pytestmark = pytest.mark.django_db(transaction=True)
JOB = "discovery.tell_of_matches"


@pytest.fixture
def saved(cast):
    return save(cast.seeker)


def save(person, name="Gurugram", **filters):
    wanted = filters or {"city": "Gurugram"}
    return saved_searches.save_search(actor=Actor.of(person), name=name, filters=wanted)


def run():
    call_command("run_job", JOB)


def told(person):
    kept = Notification.objects.filter(user=person, type="saved_search_match").order_by("created_at")
    return [(one.body, one.data["property_ids"]) for one in kept]


def test_a_new_listing_is_told_once(cast, saved):
    house = make_listing(cast.owner, title="Sunny house")
    make_listing(cast.owner, title="Elsewhere", city="Pune")
    run()
    run()
    assert told(cast.seeker) == [("“Sunny house”.", [house.pk])]


def test_many_are_one_notice(cast, saved):
    houses = [make_listing(cast.owner, title=f"House {number}").pk for number in range(50)]
    run()
    ((body, ids),) = told(cast.seeker)
    assert body == "“House 49” and 49 more."
    assert sorted(ids) == houses


def test_each_search_has_a_notice_of_its_own(cast, saved):
    save(cast.seeker, "Big", bedrooms_min=4)
    make_listing(cast.owner, title="Palace", bedrooms=6)
    run()
    titles = Notification.objects.filter(user=cast.seeker).values_list("title", flat=True)
    assert sorted(titles) == ["New for “Big”", "New for “Gurugram”"]


def test_what_was_there_before_is_no_news(cast):
    house = make_listing(cast.owner)
    save(cast.seeker)
    run()
    Property.objects.filter(pk=house.pk).update(view_count=7)
    house.refresh_from_db()
    listings.update_property(actor=Actor.of(cast.owner), property_id=house.pk, changes={"description": "Other words"})
    run()
    assert told(cast.seeker) == []


def test_another_price_is_news(cast):
    house = make_listing(cast.owner, title="Cheaper now", base_price=9_000_000)
    save(cast.seeker, price_max=8_000_000)
    run()
    listings.update_property(actor=Actor.of(cast.owner), property_id=house.pk, changes={"base_price": 7_500_000})
    run()
    listings.update_property(actor=Actor.of(cast.owner), property_id=house.pk, changes={"base_price": 7_400_000})
    run()
    assert told(cast.seeker) == [("“Cheaper now”.", [house.pk])]


def test_a_shared_home_is_news_when_it_goes_live(cast, saved):
    waiting = {"moderation_status": "pending_review"}
    room = make_listing(
        cast.owner, title="Room", property_type="pg", purpose="rent", is_available=False, listing_preferences=waiting
    )
    run()
    assert told(cast.seeker) == []
    moderation.moderate_listing(actor=Actor.of(cast.admin), property_id=room.pk, action="approve")
    run()
    assert told(cast.seeker) == [("“Room”.", [room.pk])]


def test_ones_own_and_what_one_decided_about_are_not_told(cast, saved, api):
    make_listing(cast.seeker)
    passed = make_listing(cast.owner)
    api.as_(cast.seeker).post("/api/v1/swipes", {"property_id": passed.pk, "is_liked": False})
    run()
    assert told(cast.seeker) == []


def test_one_who_turned_it_off_sees_it_only_in_the_list(cast, saved, api):
    saved_searches.update_saved_search(actor=Actor.of(cast.seeker), search_id=saved.pk, changes={"notify": False})
    make_listing(cast.owner)
    run()
    url = "/api/v1/users/me/saved-searches"
    assert told(cast.seeker) == []
    assert api.as_(cast.seeker).get(url).json()["items"][0]["new_count"] == 1
    assert api.as_(cast.seeker).post(f"{url}/{saved.pk}/seen").json()["new_count"] == 0
    assert api.as_(cast.seeker).get(url).json()["items"][0]["new_count"] == 0


def test_with_other_filters_what_came_before_is_not_told(cast, saved):
    make_listing(cast.owner, city="Pune")
    run()
    actor = Actor.of(cast.seeker)
    saved_searches.update_saved_search(actor=actor, search_id=saved.pk, changes={"filters": {"city": "Pune"}})
    run()
    assert told(cast.seeker) == []
    make_listing(cast.owner, title="New in Pune", city="Pune")
    run()
    assert [body for body, _ in told(cast.seeker)] == ["“New in Pune”."]


def test_somebody_suspended_is_told_nothing(cast, saved):
    cast.seeker.is_active = False
    cast.seeker.save()
    make_listing(cast.owner)
    run()
    assert not SavedSearchMatch.objects.exists()


def test_runs_at_once_tell_once(cast):
    for number in range(6):
        save(cast.seeker, f"Search {number}")
    house = make_listing(cast.owner, title="Sunny house")
    at_once([matching.system_tell_of_matches] * 4)
    assert told(cast.seeker) == [("“Sunny house”.", [house.pk])] * 6


def test_a_run_that_dies_is_repeated_whole(cast, saved, monkeypatch):
    house = make_listing(cast.owner, title="Sunny house")

    def die(*_):
        raise KeyboardInterrupt

    with monkeypatch.context() as broken:
        broken.setattr(matching, "_tell", die)
        with pytest.raises(KeyboardInterrupt):
            matching.system_tell_of_matches()
    assert not SavedSearchMatch.objects.exists()
    run()
    assert told(cast.seeker) == [("“Sunny house”.", [house.pk])]


def test_a_listing_that_commits_late_is_not_missed(cast, saved):
    """Its times are older than the last comparison, because they are those of the beginning of its transaction."""
    early = make_listing(cast.owner, title="Early")
    run()
    late = make_listing(cast.owner, title="Late")
    moment = clock.now() - timedelta(milliseconds=1)
    Property.objects.filter(pk=late.pk).update(created_at=saved.created_at + (moment - saved.created_at) / 2,
                                               updated_at=early.updated_at)  # fmt: skip
    run()
    assert [body for body, _ in told(cast.seeker)] == ["“Early”.", "“Late”."]


def test_a_search_that_cannot_be_read_any_more_holds_up_nobody(cast, saved):
    SavedSearch.objects.filter(pk=saved.pk).update(filters={"semantic_search": True})
    other = save(cast.stranger)
    make_listing(cast.owner, title="Sunny house")
    run()
    assert (told(cast.seeker), len(told(cast.stranger))) == ([], 1)
    assert SavedSearchMatch.objects.get().saved_search_id == other.pk


def test_the_database_keeps_a_match_single(cast, saved):
    house = make_listing(cast.owner)
    run()
    with pytest.raises(IntegrityError):
        SavedSearchMatch.objects.create(saved_search=saved, property=house)
