"""Moderators decide about one shared home after another, with what helps to decide, and about none of them twice."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from apps.notifications.models import Notification
from apps.properties.models import Property
from apps.properties.services import listings, moderation
from ghar.actors import Actor
from tests.support.cast import Cast
from tests.support.listings import add_images, make_listing

QUEUE = reverse("admin:properties_property_moderation")
HERE = (28.4595, 77.0266)


@pytest.fixture
def admin(cast, browser):
    return browser(cast.admin)


def home(owner, title="A room", **fields):
    values = {"property_type": "pg", "purpose": "rent", "monthly_rent": 9000, "title": title, **fields}
    actor = Actor.of(owner)
    values |= {"latitude": HERE[0], "longitude": HERE[1]}
    return listings.create_property(actor=actor, values={"base_price": 9000, **values})


def shown(client, query=""):
    page = client.get(QUEUE + query)
    assert page.status_code == 200
    return page


def decide(client, page, decision, **more):
    listing = page.context["listing"]
    body = {"listing": listing.pk, "seen_at": page.context["seen_at"], "passed": page.context["passed"], **more}
    return client.post(QUEUE, {"decision": decision, **body}, follow=True)


def told(page):
    return [str(message) for message in page.context["messages"]]


def status(listing):
    return Property.objects.get(pk=listing.pk).listing_preferences["moderation_status"]


def test_one_after_another(admin, cast):
    first, second = home(cast.owner, "First"), home(cast.owner, "Second")
    page = decide(admin, shown(admin), "approve")
    assert (status(first), page.context["listing"], page.context["waiting"]) == ("live", second, 1)
    page = decide(admin, page, "reject", reason="It is no room.")
    assert (status(second), page.context["listing"]) == ("rejected", None)
    assert "Nothing waits." in page.content.decode()


def test_what_was_sent_back_waits_for_its_owner_and_comes_again_with_a_change(admin, cast):
    listing = home(cast.owner)
    page = decide(admin, shown(admin), "request_edit", reason="Tell the floor.")
    assert (status(listing), page.context["waiting"]) == ("pending_review", 0)
    listings.update_property(actor=Actor.of(cast.owner), property_id=listing.pk, changes={"floor_number": 2})
    assert shown(admin).context["listing"] == listing
    assert shown(admin).context["last_reason"] == "Tell the floor."


@pytest.mark.parametrize("decision", ["reject", "request_edit"])
def test_a_reason_is_insisted_on_and_the_same_home_is_shown(admin, cast, decision):
    home(cast.owner, "First")
    other = home(cast.owner, "Second")
    page = decide(admin, shown(admin, f"?listing={other.pk}"), decision, reason=" ")
    assert (status(other), page.context["listing"], told(page)) == (
        "pending_review", other, ["The owner reads why: write a reason."],
    )  # fmt: skip


def test_passing_over_shows_the_next_until_one_begins_again(admin, cast):
    first, second = home(cast.owner, "First"), home(cast.owner, "Second")
    page = decide(admin, shown(admin), "pass")
    assert page.context["listing"] == second
    page = decide(admin, page, "pass")
    assert page.context["listing"] is None
    assert "You passed all of them over." in page.content.decode()
    assert shown(admin).context["listing"] == first


def test_a_home_that_was_changed_while_it_was_looked_at_is_not_decided(admin, cast):
    listing = home(cast.owner)
    page = shown(admin)
    listings.update_property(actor=Actor.of(cast.owner), property_id=listing.pk, changes={"title": "Another room"})
    page = decide(admin, page, "approve")
    assert status(listing) == "pending_review"
    assert told(page) == ["Nothing was decided. This listing was changed since it was read. Look at it again."]
    assert page.context["listing"].title == "Another room"


@pytest.mark.parametrize(
    "forged",
    [
        {"seen_at": ""}, {"seen_at": "now"}, {"seen_at": "2020-01-01"}, {"listing": "x"}, {"listing": "9" * 40},
        {"listing": "987654321"}, {"decision": "boost"}, {"decision": ""},
    ],
)  # fmt: skip
def test_a_forged_decision_does_nothing(admin, cast, forged):
    listing = home(cast.owner)
    page = decide(admin, shown(admin), **{"decision": "approve", **forged})
    assert (page.status_code, status(listing)) == (200, "pending_review")


def test_an_address_that_makes_no_sense_shows_the_first(admin, cast):
    listing = home(cast.owner)
    assert shown(admin, "?listing=x&passed=a,,-1," + "7," * 1000).context["listing"] == listing


def test_what_helps_to_decide(admin, cast):
    twin = home(cast.owner, "A bright room at the park", bedrooms=1)
    add_images(twin, "front", "back")
    make_listing(cast.tenant, at=HERE, title="Room, bright, at the park", property_type="pg", purpose="rent")
    make_listing(cast.tenant, at=(28.5, 77.2), title="Far away", property_type="pg", purpose="rent")
    page = shown(admin)
    assert [picture.image_url.rsplit("/")[-1] for picture in page.context["pictures"]] == ["front.webp", "back.webp"]
    assert [other.title for other in page.context["alike"]] == ["Room, bright, at the park"]
    assert ("bedrooms", 1) in page.context["facts"]
    assert page.context["flags"]


def test_a_home_without_a_position_is_compared_with_those_of_its_owner(admin, cast):
    waits = {"moderation_status": "pending_review"}
    room = {"property_type": "pg", "purpose": "rent"}
    listing = make_listing(cast.owner, title="A bright room", listing_preferences=waits, is_available=False, **room)
    make_listing(cast.owner, title="A bright room, again", **room)
    make_listing(cast.tenant, title="A bright room", **room)
    page = shown(admin)
    assert (page.context["listing"], [other.title for other in page.context["alike"]]) == (
        listing, ["A bright room, again"],
    )  # fmt: skip


def test_homes_of_its_owner_are_compared_by_title_and_distance(admin, cast):
    home(cast.owner, "A bright room at the park")
    one_km, four_km = (HERE[0] + 0.009, HERE[1]), (HERE[0] + 0.036, HERE[1])
    for at, title in (
        (one_km, "A bright room at the park!"),
        (four_km, "A bright room at the park"),
        (one_km, "A bright room at the mall"),
        (None, "Bright room at the park"),
        (None, "A house with a garden"),
    ):
        make_listing(cast.owner, at=at, title=title, property_type="pg", purpose="rent")
    assert {other.title for other in shown(admin).context["alike"]} == {
        "A bright room at the park!", "Bright room at the park",
    }  # fmt: skip


def test_what_changed_since_it_was_approved(admin, cast):
    listing = home(cast.owner, "A room", bedrooms=1)
    listings.update_property(actor=Actor.of(cast.owner), property_id=listing.pk, changes={"bedrooms": 2})
    assert shown(admin).context["approved_at"] is None
    decide(admin, shown(admin), "approve")
    listings.update_property(actor=Actor.of(cast.owner), property_id=listing.pk, changes={"title": "Two rooms"})
    columns = [column for change in shown(admin).context["changes"] for column in change["columns"]]
    assert columns == [("title", "A room", "Two rooms")]


def test_the_dashboard_says_how_many_wait(admin, cast):
    home(cast.owner)
    calls = {call.title: (call.value, call.link) for call in admin.get("/admin/").context["calls"]}
    assert calls["Homes to moderate"] == (1, QUEUE)


def test_agents_have_no_queue(cast, browser):
    home(cast.owner)
    assert browser(cast.agent).get(QUEUE).status_code == 403
    assert browser(cast.agent).post(QUEUE, {"decision": "approve"}).status_code == 403


def test_more_homes_cost_no_more_queries(admin, cast):
    counts = []
    for _ in range(2):
        for number in range(4):
            add_images(home(cast.owner, f"A room {number}"), "front")
        with CaptureQueriesContext(connection) as captured:
            shown(admin)
        counts.append(len(captured))
    assert counts[0] == counts[1]


@pytest.mark.django_db(transaction=True)
def test_two_moderators_at_once_decide_once():
    cast = Cast()
    listing = home(cast.owner)
    seen_at = Property.objects.get(pk=listing.pk).updated_at.isoformat()

    def post(decision):
        client = Client()
        client.force_login(cast.admin)
        body = {"listing": listing.pk, "seen_at": seen_at, "decision": decision, "reason": "Seen."}
        try:
            return "Nothing was decided." in client.post(QUEUE, body, follow=True).content.decode()
        finally:
            connection.close()

    assert cast.admin.pk
    with ThreadPoolExecutor(2) as pool:
        outcomes = list(pool.map(post, ("approve", "reject")))
    assert sorted(outcomes) == [False, True]
    assert Notification.objects.filter(user=cast.owner).count() <= 1


def test_a_decision_without_having_seen_is_as_before(cast):
    listing = home(cast.owner)
    moderation.moderate_listing(actor=Actor.of(cast.admin), property_id=listing.pk, action="approve")
    assert status(listing) == "live"
