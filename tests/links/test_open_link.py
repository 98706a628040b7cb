"""Who follows a link without the app sees what is behind it, and the ways on."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from apps.properties.models import Property
from tests.links.page import Page
from tests.support.listings import add_images, make_listing

PATHS = ["p", "property", "estate/apply", "estate/property", "estate/task", "estate/tenant", "estate/lease",
         "flatmates/listing", "flatmates/chat", "stays/listing", "stays/chat"]  # fmt: skip


@pytest.fixture
def listing(cast):
    listing = make_listing(
        cast.owner,
        title='Sunny <b>"house"</b>',
        description="<p>Bright &amp; quiet.</p></script>",
        purpose="rent",
        monthly_rent=45000,
        bedrooms=3,
        city="Gurugram",
        locality="Sector 54",
        area_sqft=1450,
    )
    Property.objects.filter(pk=listing.pk).update(main_image_url=None)
    add_images(listing, "front")
    return listing


@pytest.mark.django_db
@pytest.mark.parametrize("path", PATHS)
def test_every_kind_of_link_has_a_page(api, path):
    answer = api.get(f"/{path}/a/b%22%3E%3Cscript%3E")
    page = Page(answer)
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "text/html; charset=utf-8")
    assert page.meta["og:url"] == f"https://the360ghar.com/{path}/a%2Fb%22%3E%3Cscript%3E"
    assert page.meta["robots"] == "noindex"
    assert page.meta["viewport"] == "width=device-width, initial-scale=1"
    assert page.main["data-scheme-url"].endswith("/a%2Fb%22%3E%3Cscript%3E")
    assert [script.keys() for script in page.scripts] == [{"src", "defer"}]


@pytest.mark.parametrize(("path", "name"), [("p", "ghar360"), ("stays/chat", "stays_app")])
def test_the_ways_on(api, path, name, db):
    links = list(Page(api.get(f"/{path}/7")).links.values())
    assert links[0] == f"https://play.google.com/store/apps/details?id=com.the360ghar.{name}"
    assert links[1].startswith("https://the360ghar.com")
    assert f"/{path}/7" not in links[1]


def test_a_listing_is_shown(api, listing):
    answer = api.get(f"/p/{listing.pk}")
    page = Page(answer)
    assert page.meta["og:title"] == 'Sunny <b>"house"</b>'
    assert page.meta["og:description"] == "Bright & quiet."
    assert page.meta["og:image"] == page.meta["twitter:image"] == "https://pictures.example/front.webp"
    assert page.meta["canonical"] == page.meta["og:url"] == f"https://the360ghar.com/p/{listing.pk}"
    assert "₹\u00a045,000 a month · 3 bedrooms · 1,450 sq ft · Sector 54, Gurugram" in answer.content.decode()
    assert "robots" not in page.meta


def test_a_listing_in_the_words_of_schema_org(api, listing):
    data = Page(api.get(f"/property/{listing.pk}")).json_ld
    assert (data["@type"], data["name"], data["url"]) == (
        "RealEstateListing", 'Sunny <b>"house"</b>', f"https://the360ghar.com/p/{listing.pk}",
    )  # fmt: skip
    assert (data["offers"]["price"], data["offers"]["priceCurrency"]) == (45000, "INR")
    assert data["offers"]["itemOffered"]["address"]["addressLocality"] == "Sector 54"


def test_what_the_public_may_not_see_is_not_shown(api, listing):
    Property.objects.filter(pk=listing.pk).update(property_type="pg", listing_preferences={"moderation_status": "held"})
    page = Page(api.get(f"/p/{listing.pk}"))
    assert (page.meta["og:title"], page.json_ld) == ("Open in 360 Ghar", None)


@pytest.mark.parametrize("identifier", ["0", "-1", "x7", "9" * 30, "%D9%A7", "%00"])
def test_what_is_no_listing_has_the_page_of_any_link(api, identifier, db):
    answer = api.get(f"/p/{identifier}")
    assert answer.status_code == 200
    assert Page(answer).meta["robots"] == "noindex"


@pytest.mark.parametrize("path", ["/p/", "/p/%20", "/p//", f"/p/{'x' * 257}", "/estate/lease", "/estate/cars/7"])
def test_what_is_no_link_is_not_found(api, path, db):
    assert api.get(path).status_code == 404


def test_a_query_does_not_change_whose_page_it_is(api, db):
    page = Page(api.get("/p/7?_prefix=stays&app_key=stays&entity=chat"))
    assert page.meta["og:title"] == "Open in 360 Ghar"


def test_the_policy_lets_pictures_in_and_no_script_of_the_page(api, listing):
    policy = api.get(f"/p/{listing.pk}").headers["Content-Security-Policy"]
    directives = dict(part.strip().split(" ", 1) for part in policy.split(";"))
    assert "https:" in directives["img-src"].split()
    assert "'unsafe-inline'" not in policy
    assert directives["script-src"] == "'self'"


def test_one_statement(api, listing):
    with CaptureQueriesContext(connection) as statements:
        api.get(f"/p/{listing.pk}")
    assert len(statements) == 1
