"""Three people's stories, told on one set of live processes: an owner whose listing goes live, an agent's day, and
somebody who looks for a home.
"""

from collections.abc import Iterator
from contextlib import ExitStack
from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from apps.identity.services.administration import system_ensure_account
from apps.visits.models import Visit
from ghar import clock
from tests.journeys import browser, live
from tests.journeys.app import App, names, newcomer, sign_in_with_password, ten_o_clock
from tests.journeys.ears import ears
from tests.journeys.mcp_person import PASSWORD, Person
from tests.kernel.jobs.live import WORKER, Process, running, until
from tests.support import rows
from tests.support.at_once import at_once
from tests.support.cast import Cast
from tests.support.listings import make_listing

pytestmark = [
    pytest.mark.journey,
    pytest.mark.django_db,
    pytest.mark.skipif(browser.CHROMIUM is None, reason="there is no Chromium on this machine"),
]
OWNER, SEEKER, VISITOR = "919810012301", "919810012302", "919810012303"


@pytest.fixture(scope="module")
def town(django_db_setup: None, django_db_blocker, node_packages: None) -> Iterator[Cast]:
    """An admin, an agent who looks after an owner, and that owner's listings; what the stories write stays till the
    last of them."""
    with rows.kept(django_db_blocker):
        cast = Cast()
        cast.admin.set_password(PASSWORD)
        cast.admin.save()
        assert cast.agent_profile.login == cast.agent
        system_ensure_account(phone=cast.agent.phone, password=PASSWORD)
        for number in range(3):
            make_listing(
                cast.owner, title=f"Park house {number}", locality="Sector 45", bedrooms=3, base_price=9_000_000
            )
        yield cast


@pytest.fixture(scope="module")
def base(town: Cast, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The production server, with a folder for files of its own."""
    with live.server("granian", MEDIA_ROOT=str(tmp_path_factory.mktemp("media"))) as url:
        yield url


@pytest.fixture(scope="module")
def worker(base: str, django_db_blocker) -> Iterator[Process]:
    """Who carries out what follows."""
    with django_db_blocker.unblock(), running(*WORKER, until_it_says="ready.") as process:
        yield process


def test_an_owner_lists_is_moderated_and_goes_live(base: str, worker: Process, town: Cast) -> None:
    with newcomer(base, OWNER, "Ona Owner") as owner, App(base) as anybody:
        me = owner.ask("GET", "users/me")["id"]
        listing = put_in(owner)
        here = f"properties/{listing}"
        assert anybody.refused("GET", here) == (404, "PROPERTY_NOT_FOUND")
        assert owner.refused("PUT", here, is_available=True) == (409, "LISTING_NOT_APPROVED")
        with ears(base, me, owner.token) as heard:
            # Two topics: each has an order, and neither waits for the other.
            moderate(base, "Send back for changes (PG, flatmate)", "1 sent back.", reason="Say who lives there.")
            assert set(names(heard.hear(2))) == {f"listing {listing} pending_review", "flatmate_listing_rejected"}
            owner.ask("PUT", here, description="<p>A quiet room for one, ten minutes from the metro.</p>")
            moderate(base, "Approve (PG, flatmate)", "1 approved.")
            assert set(names(heard.hear(2))) == {f"listing {listing} live", "flatmate_listing_approved"}
        assert [one["id"] for one in anybody.ask("GET", "properties?q=metro&property_type=pg")["items"]] == [listing]
        assert [one["id"] for one in owner.ask("GET", "properties/me")["items"]] == [listing]
        seen_by_anybody(base, listing)


def put_in(owner: App) -> int:
    """A room in a shared home, with two uploaded pictures."""
    pictures = [owner.upload(colour) for colour in ("teal", "orange")]
    made = owner.ask(
        "POST", "properties", title="Room near the metro", property_type="pg", purpose="rent", base_price=14000,
        monthly_rent=14000, city="Gurugram", locality="Sector 52", latitude=28.44, longitude=77.08,
        description="<p>A room.</p>", image_urls=pictures, gender_preference="any", sharing_type="private_room",
    )  # fmt: skip
    assert (made["is_available"], made["image_urls"], made["main_image_url"]) == (False, pictures, pictures[0])
    assert made["listing_preferences"]["moderation_status"] == "pending_review"
    return int(made["id"])


def moderate(base: str, decision: str, done: str, *, reason: str = "") -> None:
    """An admin signs in to the staff screens, finds the room, and decides about it."""
    with browser.visitor(base) as window:
        page = window.go(reverse("admin:properties_property_changelist") + "?q=metro")
        page.get_by_label("Phone or email").fill("98100 00006")
        page.get_by_label("Password").fill(PASSWORD)
        page.get_by_role("button", name="Log in").click()
        row = page.locator("#result_list tr", has_text="Room near the metro")
        row.locator("input.action-select").check()
        page.locator("select[name=action]").select_option(label=decision)
        window.keep("staff-moderation")
        page.locator("button[name=index]:visible").click()
        if reason:
            page.get_by_label("What has to change").fill(reason)
        page.get_by_role("button", name=f"Yes: {decision}").click()
        expect(page.get_by_text(done)).to_be_visible()
        assert (window.elsewhere, window.complaints) == ([], [])


def seen_by_anybody(base: str, listing: int) -> None:
    """Its public page, in a browser."""
    with browser.visitor(base) as window:
        page = window.go(f"/p/{listing}")
        expect(page.get_by_role("heading", name="Room near the metro")).to_be_visible()
        expect(page.get_by_text("14,000 a month")).to_be_visible()
        assert page.locator("img").first.evaluate("picture => picture.naturalWidth") > 0
        assert (window.elsewhere, window.complaints) == ([], [])


def test_an_agent_runs_a_day(base: str, worker: Process, town: Cast) -> None:
    with ExitStack() as stack:
        visitor = stack.enter_context(newcomer(base, VISITOR, "Vik Visitor"))
        agent = stack.enter_context(App(base, sign_in_with_password(base, town.agent.phone)))
        place = visitor.ask("GET", "properties?q=park")["items"][0]["id"]
        before = statistics(agent, town.agent_profile.pk)
        first, second = (
            visitor.ask("POST", "visits", property_id=place, scheduled_date=ten_o_clock(days))["id"] for days in (2, 3)
        )
        assert {first, second} <= {visit["id"] for visit in agent.ask("GET", "visits/all?status=requested")["items"]}
        agent.ask("PUT", f"visits/{first}", status="confirmed")
        assert agent.refused("POST", f"visits/{first}/complete") == (400, "VISIT_NOT_YET")
        its_time_has_come(first)
        done = agent.ask("POST", f"visits/{first}/complete", notes="Liked the park", feedback="Wants a loan")
        assert (done["status"], done["visit_notes"], done["visitor_feedback"]) == (
            "completed", "Liked the park", "Wants a loan",
        )  # fmt: skip
        through_mcp(stack.enter_context(Person(base, town.agent.phone)), second)
        assert visitor.ask("GET", f"visits/{second}")["status"] == "confirmed"
        assert statistics(agent, town.agent_profile.pk) == {name: count + 2 for name, count in before.items()}
        until(lambda: len(told(visitor)) >= 3, worker)
        assert told(visitor) == ["visit_completed", "visit_confirmed", "visit_confirmed"]


def told(person: App) -> list[str]:
    """The types of a person's notices, in alphabetical order."""
    return sorted(notice["type"] for notice in person.ask("GET", "notifications")["items"])


def statistics(agent: App, profile: int) -> dict[str, int]:
    """What moves when an agent works."""
    stats = agent.ask("GET", f"agents/{profile}/stats")["stats"]
    return {name: stats[name] for name in ("daily_interactions", "weekly_interactions")}


def its_time_has_come(visit_id: int) -> None:
    """As if two days had passed. The test's own connection is inside a transaction, so another one writes."""
    begun = clock.now() - timedelta(hours=2)
    visit = Visit.objects.filter(pk=visit_id)
    at_once([lambda: visit.update(scheduled_date=begun, ends_at=begun + timedelta(hours=1))])


def through_mcp(person: Person, visit_id: int) -> None:
    """The agent's assistant, connected to the staff's server: sees who comes, and confirms."""
    path = "/mcp-admin?sign_in=required"
    seen = person.connect(path, "agent_visits_list_all", status="requested").structured_content
    assert person.complaints == []
    assert [(visit["id"], visit["visitor"]["full_name"]) for visit in seen["visits"]] == [(visit_id, "Vik Visitor")]
    settled = person.connect(path, "agent_visits_confirm", visit_id=visit_id)
    assert settled.structured_content["visit"]["status"] == "confirmed"


def test_a_seeker_finds_likes_and_visits(base: str, town: Cast) -> None:
    with newcomer(base, SEEKER, "Sia Seeker") as seeker:
        found = seeker.ask("GET", "properties?q=park&bedrooms_min=3&price_max=9500000&sort_by=newest")["items"]
        liked, passed, undecided = (one["id"] for one in found)
        swipes(seeker, liked, passed, undecided)
        visit = seeker.ask("POST", "visits", property_id=liked, scheduled_date=ten_o_clock(4))
        assert (visit["status"], visit["agents"]["name"]) == ("requested", "Asha Agent")
        moved = seeker.ask("POST", f"visits/{visit['id']}/reschedule", new_date=ten_o_clock(5), reason="A late train")
        assert moved["rescheduled_from"] == visit["scheduled_date"]
        shown = seeker.ask("GET", f"properties/{liked}")
        assert (shown["user_has_scheduled_visit"], shown["user_next_visit_date"]) == (True, moved["scheduled_date"])
        other = seeker.ask("POST", "visits", property_id=undecided, scheduled_date=ten_o_clock(6))
        assert seeker.ask("POST", f"visits/{other['id']}/cancel", reason="Found one")["status"] == "cancelled"
        feedback(seeker, town, visit["id"])


def swipes(seeker: App, liked: int, passed: int, undecided: int) -> None:
    """One is liked and one passed; what is recommended then is the third, and says why."""
    for property_id, is_liked in ((liked, True), (passed, False)):
        seeker.ask("POST", "swipes", property_id=property_id, is_liked=is_liked)
    assert [one["id"] for one in seeker.ask("GET", "swipes?is_liked=true")["items"]] == [liked]
    recommended = seeker.ask("GET", "properties/recommendations")["items"]
    assert not {liked, passed} & {one["id"] for one in recommended}
    (match,) = [one for one in recommended if one["id"] == undecided]
    assert match["because_of_property_id"] == liked
    assert match["recommendation_reason"].startswith("Because you liked Park house")


def feedback(seeker: App, town: Cast, visit_id: int) -> None:
    """The agent has shown it; the seeker says how it was."""
    its_time_has_come(visit_id)
    with App(seeker.base, sign_in_with_password(seeker.base, town.agent.phone)) as agent:
        agent.ask("POST", f"visits/{visit_id}/complete")
    told: Any = seeker.ask("PUT", f"visits/{visit_id}", visitor_feedback="Bright rooms", interest_level="high")
    assert (told["status"], told["visitor_feedback"], told["interest_level"]) == ("completed", "Bright rooms", "high")
    past = seeker.ask("GET", "visits/past")["items"]
    assert [visit["id"] for visit in past] == [visit_id]
