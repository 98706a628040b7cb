"""Many swipes at the same moment: the rows and the counts agree."""

import random
from collections import Counter

import pytest

from apps.accounts.models import User
from apps.discovery.events import PropertySwiped
from apps.discovery.models import Swipe
from apps.discovery.services import swipes
from apps.properties.models import Property
from apps.properties.selectors.listings import PropertyNotFound
from apps.properties.services import counting, removal
from ghar.actors import Actor
from ghar.events import on
from tests.support.at_once import at_once
from tests.support.client import Client
from tests.support.listings import make_listing

pytestmark = pytest.mark.django_db(transaction=True)
TOLD = []


@on(PropertySwiped)
def hear(event):
    TOLD.append(event)


def people(count):
    return [User.objects.create(phone=f"+9199200000{number:02}", subject=f"s-{number}") for number in range(count)]


def agrees():
    """Every listing counts exactly the likes that there are."""
    liked = Counter(Swipe.objects.filter(is_liked=True).values_list("property_id", flat=True))
    return all(liked[pk] == count for pk, count in Property.objects.values_list("pk", "like_count"))


def test_the_same_swipe_ten_times_at_once_is_one(cast):
    house, client = make_listing(cast.owner), Client().as_(cast.seeker)
    TOLD.clear()
    body = {"property_id": house.pk, "is_liked": True}
    answers = at_once([lambda: client.post("/api/v1/swipes", body).status_code] * 10)
    assert answers == [200] * 10
    assert (Swipe.objects.count(), Property.objects.get().like_count, len(TOLD)) == (1, 1, 1)


def test_many_people_like_one_listing(cast):
    house, users = make_listing(cast.owner), people(12)

    def liking(user):
        return lambda: swipes.record_swipe(actor=Actor.of(user), property_id=house.pk, action="like").stored

    assert at_once([liking(user) for user in users]) == [True] * 12
    assert Property.objects.get().like_count == 12


def test_everything_at_once_still_adds_up(cast):
    houses, users = [make_listing(cast.owner).pk for _ in range(4)], people(3)
    dice = random.Random(7)
    actors = [Actor.of(user) for user in users]

    def wish():
        actor, house = dice.choice(actors), dice.choice(houses)
        several = dice.sample(houses, 3)

        def undo():
            try:
                swipes.undo_swipe(actor=actor)
            except swipes.NothingToUndo:
                return "nothing"

        return dice.choice([
            lambda: swipes.record_swipe(actor=actor, property_id=house, action="like"),
            lambda: swipes.record_swipe(actor=actor, property_id=house, action="pass"),
            lambda: swipes.record_swipe(actor=actor, property_id=house, action="super_like"),
            lambda: swipes.remove_swipes(actor=actor, property_ids=several),
            lambda: counting.system_count_view(house, "") or counting.system_store_views(),
            undo,
        ])  # fmt: skip

    for _ in range(4):
        at_once([wish() for _ in range(14)])
        assert agrees()


def test_one_swipe_is_toggled_by_two_devices(cast):
    house, actor = make_listing(cast.owner), Actor.of(cast.seeker)
    swipes.record_swipe(actor=actor, property_id=house.pk, action="like")
    swipe_id = Swipe.objects.get().pk
    at_once([lambda: swipes.toggle_swipe(actor=actor, swipe_id=swipe_id)] * 7)
    assert not Swipe.objects.get().is_liked
    assert agrees()


def test_a_listing_goes_while_it_is_swiped(cast):
    house, users = make_listing(cast.owner), people(8)
    owner = Actor.of(cast.owner)

    def liking(user):
        return lambda: swipes.record_swipe(actor=Actor.of(user), property_id=house.pk, action="like").stored

    def deleting():
        try:
            removal.delete_property(actor=owner, property_id=house.pk)
        except PropertyNotFound:
            return "gone"

    at_once([*[liking(user) for user in users[:4]], deleting, *[liking(user) for user in users[4:]]])
    assert not Property.objects.exists()
    assert not Swipe.objects.exists()
