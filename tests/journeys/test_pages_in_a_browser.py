"""Every page works in a browser under the content security policy, and asks nobody but this deployment."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from django.urls import reverse
from django_celery_beat.models import PeriodicTask
from playwright.sync_api import Browser, expect

from apps.accounts.models import User, UserRole
from ghar import clock
from ghar.schedules import beat
from tests.journeys import browser, live
from tests.support import rows
from tests.support.listings import add_amenities, make_home, make_listing

pytestmark = [
    pytest.mark.journey,
    pytest.mark.django_db,
    pytest.mark.skipif(browser.CHROMIUM is None, reason="there is no Chromium on this machine"),
]

SMALLEST_CONTRAST = """() => {
  const brush = document.createElement('canvas').getContext('2d', { willReadFrequently: true })
  const parts = (colour) => {
    brush.clearRect(0, 0, 1, 1)
    brush.fillStyle = colour
    brush.fillRect(0, 0, 1, 1)
    const [r, g, b, a] = brush.getImageData(0, 0, 1, 1).data
    return [r, g, b, a / 255]
  }
  const over = ([r, g, b, a], below) => [r, g, b].map((v, n) => v * a + below[n] * (1 - a))
  const light = (colour) => {
    const linear = (v) => v <= .03928 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4
    const [r, g, b] = colour.map((v) => linear(v / 255))
    return .2126 * r + .7152 * g + .0722 * b
  }
  const lineage = (element) => element ? [element, ...lineage(element.parentElement)] : []
  const behind = (element) => lineage(element).map((e) => parts(getComputedStyle(e).backgroundColor))
    .reduceRight((below, colour) => over(colour, below), [255, 255, 255])
  const written = (element) => {
    const [r, g, b, a] = parts(getComputedStyle(element).color)
    return [r, g, b, lineage(element).reduce((left, e) => left * getComputedStyle(e).opacity, a)]
  }
  const hasWords = (e) => [...e.childNodes].some((n) => n.nodeType === 3 && n.data.trim())
  const isRead = (e) => e.checkVisibility({ opacityProperty: true, visibilityProperty: true })
    && !e.matches('.material-symbols-outlined, .leaflet-disabled *')
  const words = [...document.querySelectorAll('body *')].filter((e) => hasWords(e) && isRead(e))
  const ratios = words.map((e) => {
    const ground = behind(e)
    const [a, b] = [light(over(written(e), ground)), light(ground)]
    return [(Math.max(a, b) + .05) / (Math.min(a, b) + .05), e.innerText.slice(0, 40)]
  })
  return ratios.sort((one, other) => one[0] - other[0])[0]
}"""
"""The least contrast between words and what is behind them, and those words (WCAG 2.2, 1.4.3 asks for 4.5)."""

PHONE, PASSWORD = "+919810077001", "a long enough phrase"
AMENITY = "Browser-tested lift"


@pytest.fixture(scope="module")
def listing_id(django_db_setup: None, django_db_blocker) -> Iterator[int]:
    """An admin, listings in two places, one that waits, schedules whose jobs ran, seen by another process."""
    with rows.kept(django_db_blocker):
        admin = User(phone=PHONE, full_name="Bela Browser", role=UserRole.ADMIN)
        admin.set_password(PASSWORD)
        admin.save()
        places = [(28.40 + n % 2 / 5 + n / 1000, 77.00 + n / 1000) for n in range(20)]
        words = {
            "description": "A quiet house at the end of the lane, with a garden. " * 9,
            "full_address": "The lane " * 20,
        }
        listings = [make_listing(admin, at=place, title=f"Seen house {n}", **words) for n, place in enumerate(places)]
        add_amenities(listings[0], AMENITY)
        waits = {"moderation_status": "pending_review"}
        room = {"title": "Waiting room", "property_type": "pg", "purpose": "rent", "listing_preferences": waits}
        make_listing(admin, at=places[0], **room)
        beat.sync()
        PeriodicTask.objects.update(last_run_at=clock.now())
        yield listings[0].pk


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the server keeps files."""
    return tmp_path_factory.mktemp("media")


@pytest.fixture(scope="module")
def server(listing_id: int, files: Path) -> Iterator[str]:
    with live.server(MEDIA_ROOT=str(files)) as base:
        yield base


@pytest.fixture(scope="module")
def home_id(server: str, files: Path) -> int:
    """A listing with all that there is to show."""
    return make_home(User.objects.get(phone=PHONE), folder=files, media=f"{server}/media").pk


@pytest.fixture(scope="module")
def engine(server: str) -> Iterator[Browser]:
    """One Chromium for all windows."""
    with browser.engine() as running:
        yield running


@contextmanager
def window(engine: Browser, base: str, **options: Any) -> Iterator[browser.Visitor]:
    """One window, which at the end has asked nobody else and complained of nothing."""
    with browser.window(engine, base, **options) as opened:
        yield opened
        assert opened.elsewhere == []
        assert opened.complaints == []


@pytest.fixture
def visitor(engine: Browser, server: str) -> Iterator[browser.Visitor]:
    """Somebody who comes for the first time."""
    with window(engine, server) as opened:
        yield opened


@pytest.fixture(scope="module")
def signed_in(engine: Browser, server: str) -> Any:
    """What the browser keeps of an admin who has signed in through the form."""
    with window(engine, server) as opened:
        page = opened.go("/admin/")
        page.get_by_label("Phone or email").fill("98100 77001")
        page.get_by_label("Password").fill(PASSWORD)
        opened.keep("staff-sign-in")
        page.get_by_role("button", name="Log in").click()
        expect(page.get_by_role("heading", name="New people")).to_be_visible()
        return opened.page.context.storage_state()


@pytest.fixture
def staff(engine: Browser, server: str, signed_in: Any) -> Iterator[browser.Visitor]:
    """That admin."""
    with window(engine, server, storage_state=signed_in) as opened:
        yield opened


def test_swagger_shows_the_operations_and_tries_one(visitor):
    page = visitor.go("/api/v1/docs")
    page.get_by_placeholder("Filter by tag").fill("amenities")
    operation = page.locator("#operations-amenities-list_amenities")
    operation.get_by_role("button").first.click()
    operation.get_by_role("button", name="Try it out").click()
    operation.get_by_role("button", name="Execute").click()
    answer = operation.locator(".live-responses-table tbody")
    expect(answer.locator(".response-col_status").first).to_contain_text("200")
    expect(answer).to_contain_text(AMENITY)
    visitor.keep("swagger")


def test_redoc_shows_and_searches_the_operations(visitor):
    page = visitor.go("/api/v1/redoc")
    expect(page.get_by_role("heading", name="Search the available listings")).to_be_visible()
    page.get_by_placeholder("Search").fill("amenity vocabulary")
    expect(page.locator("[data-role='search:results'] li").first).to_contain_text("amenity vocabulary")
    visitor.keep("redoc")


def test_scalar_shows_the_operations(visitor):
    page = visitor.go("/reference")
    expect(page.get_by_role("heading", name="Ghar Real Estate Platform")).to_be_visible()
    expect(page.get_by_role("link", name="amenities", exact=True)).to_be_visible()
    visitor.keep("scalar")


def test_the_dashboard_counts_listings(staff):
    page = staff.go("/admin/")
    expect(page.locator("#content").get_by_text("Listings by type")).to_be_visible()
    staff.keep("staff-dashboard")


def test_the_list_of_listings_has_a_map_of_clusters_that_open(staff):
    page = staff.go(reverse("admin:properties_property_changelist"))
    expect(page.locator(".ghar-points-count")).to_have_text("21 with a position")
    expect(page.get_by_text("Base map not configured")).to_be_visible()
    expect(page.locator(".leaflet-control-scale-line")).to_be_visible()
    clusters = page.locator(".marker-cluster")
    expect(clusters.first).to_be_visible()
    staff.keep("staff-listings")
    page.goto(page.url + "?q=Seen+house+17")
    expect(page.locator(".ghar-points-count")).to_have_text("1 with a position")
    page.locator(".ghar-dot").click()
    expect(page.locator(".ghar-popup a")).to_have_text("Seen house 17")


def test_a_filter_of_the_list_holds_for_the_map(staff):
    page = staff.go(reverse("admin:properties_property_changelist"))
    page.locator("#changelist a", has_text="Filters").click()
    page.locator("[name=city__icontains]").fill("Nowhere")
    staff.keep("staff-filters")
    page.get_by_role("button", name="Apply Filters").click()
    expect(page.locator(".ghar-points-count")).to_have_text("0 with a position")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_words_of_staff_screens_stand_out(engine, server, signed_in, scheme):
    screens = {
        "index": "h2", "properties_property_changelist": ".marker-cluster",
        "properties_property_moderation": ".ghar-dot", "accounts_user_changelist": "#result_list",
        "ghar_failedjob_background": "td",
    }  # fmt: skip
    with window(engine, server, storage_state=signed_in, color_scheme=scheme) as opened:
        for name, shown in screens.items():
            page = opened.go(reverse(f"admin:{name}"))
            expect(page.locator(shown).first).to_be_visible()
            assert page.evaluate(SMALLEST_CONTRAST) >= [4.5], name
            opened.keep(f"staff-{name}-{scheme}")


@pytest.mark.parametrize(("device", "width"), [("phone", 390), ("desktop", 1400)])
def test_what_jobs_do_is_read_in_full(staff, device, width):
    staff.page.set_viewport_size({"width": width, "height": 900})
    page = staff.go(reverse("admin:django_celery_beat_periodictask_changelist"))
    heights = "cells => cells.map(cell => [cell.scrollHeight, cell.clientHeight])"
    described = page.locator("#result_list td.field-description").evaluate_all(heights)
    assert described
    assert all(needed <= there < 100 for needed, there in described)
    staff.keep(f"staff-jobs-{device}")


def test_moderators_decide_by_keyboard(staff):
    page = staff.go(reverse("admin:properties_property_moderation"))
    reason = page.locator("#id_reason")
    expect(page.get_by_role("heading", name="Moderation queue")).to_be_visible()
    expect(page.get_by_role("heading", name="Waiting room")).to_be_visible()
    page.keyboard.press("r")
    expect(reason).to_be_focused()  # because the owner reads one
    page.keyboard.type("It is a house, as far as anybody can see.")
    staff.keep("staff-moderation")
    page.keyboard.press("Escape")
    page.keyboard.press("r")
    expect(page.get_by_text("was rejected.")).to_be_visible()
    expect(page.get_by_text("Nothing waits.")).to_be_visible()


def test_the_pin_of_a_listing_can_be_dragged_and_saved(staff, listing_id):
    page = staff.go(reverse("admin:properties_property_change", args=[listing_id]))
    page.get_by_text("Where", exact=True).click()
    latitude = page.locator("[name=location_latitude]")
    before = latitude.input_value()
    page.locator(".ghar-dot-pin").drag_to(page.locator(".ghar-map-pin"), target_position={"x": 80, "y": 60})
    expect(latitude).not_to_have_value(before)
    staff.keep("staff-listing-position")
    moved = latitude.input_value()
    page.get_by_role("button", name="Save and continue editing").click()
    expect(page.get_by_text("was changed successfully")).to_be_visible()
    expect(page.locator("[name=location_latitude]")).to_have_value(str(float(moved)))


@pytest.mark.parametrize(("device", "width"), [("phone", 360), ("tablet", 820), ("desktop", 1400)])
def test_the_page_of_a_listing_fits(visitor, home_id, device, width):
    visitor.page.set_viewport_size({"width": width, "height": 780})
    page = visitor.go(f"/p/{home_id}")
    expect(page.get_by_role("heading", name="A home to be seen")).to_be_visible()
    expect(page.get_by_text("45,000 a month")).to_be_in_viewport()
    assert page.evaluate("document.documentElement.scrollWidth") == width
    assert page.locator(".gallery img").first.evaluate("picture => picture.naturalWidth") > 0
    visitor.keep(f"listing-{device}")
    page.screenshot(path=browser.SCREENSHOTS / f"listing-{device}-whole.png", full_page=True)


def test_the_page_of_a_listing_works_without_scripts_and_in_the_dark(engine, server, home_id):
    with window(engine, server, java_script_enabled=False, color_scheme="dark") as opened:
        page = opened.go(f"/p/{home_id}")
        expect(page.get_by_role("heading", name="Amenities")).to_be_visible()
        expect(page.get_by_role("link", name="Go to the website")).to_be_visible()
        opened.keep("listing-dark")


def test_the_page_of_a_listing_can_be_used_by_everybody(visitor, home_id):
    page = visitor.go(f"/p/{home_id}")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="To the description")).to_be_focused()
    assert page.locator("img:not([alt])").count() == 0
    assert page.locator("h1").count() == 1
    for landmark in ("banner", "main", "complementary", "contentinfo"):
        expect(page.get_by_role(landmark)).to_have_count(1)
    assert page.evaluate(SMALLEST_CONTRAST) >= [4.5]


def test_the_page_of_any_link_fits_a_phone(visitor):
    visitor.page.set_viewport_size({"width": 360, "height": 640})
    page = visitor.go("/stays/listing/7")
    expect(page.get_by_role("link", name="Get 360 Stays")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") == 360
    visitor.keep("link")


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("accounts_user_changelist", "Bela Browser"),
        ("properties_amenity_changelist", AMENITY),
        ("properties_amenity_add", "Category"),
    ],
)
def test_a_screen_opens(staff, name, text):
    page = staff.go(reverse(f"admin:{name}"))
    expect(page.locator("#content").get_by_text(text).first).to_be_visible()
    staff.keep(f"staff-{name}")


def test_a_person_is_shown_without_a_password(staff):
    page = staff.go(reverse("admin:accounts_user_changelist"))
    page.get_by_role("link", name="Bela Browser").click()
    expect(page.get_by_role("button", name="Suspend")).to_be_visible()
    assert "argon2" not in page.content()
    staff.keep("staff-person")


def test_everything_about_a_person_and_the_history_of_a_listing_are_pages(staff, listing_id):
    page = staff.go(reverse("admin:accounts_user_changelist"))
    page.get_by_role("link", name="Bela Browser").click()
    page.get_by_role("link", name="Everything about this person").click()
    expect(page.locator("#content").get_by_text("Seen house 19")).to_be_visible()
    tallest = page.evaluate("Math.max(...[...document.querySelectorAll('#content tr')].map((row) => row.offsetHeight))")
    assert tallest < 100  # pixels: three lines of text
    staff.keep("staff-everything")
    staff.go(reverse("admin:properties_property_history", args=[listing_id]))
    expect(page.locator("#changes").get_by_text("Added").first).to_be_visible()
    staff.keep("staff-history")
