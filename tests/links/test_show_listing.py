"""The page of a listing, as people without the app and programs read it."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from apps.properties.models import Property
from tests.links.page import Page
from tests.support.listings import make_listing

pytestmark = pytest.mark.django_db


@pytest.fixture
def page(api, sunny):
    return Page(api.get(f"/p/{sunny.pk}"))


def change(listing, **fields):
    Property.objects.filter(pk=listing.pk).update(**fields)


def test_people_see_what_matters(api, sunny):
    text = api.get(f"/p/{sunny.pk}").content.decode()
    for words in ("₹\u00a045,000 a month", "To rent", "House", "3 bedrooms", "2 bathrooms", "1,450 sq ft", "Lift",
                  "Sector 54, Gurugram", "Semi furnished", "Ground of 3", "Bright &amp; quiet."):  # fmt: skip
        assert words in text, words


def test_what_its_owner_wrote_is_text_and_not_a_part_of_the_page(api, sunny):
    text = api.get(f"/p/{sunny.pk}").content.decode()
    assert "Sunny &lt;b&gt;&quot;house&quot;&lt;/b&gt;" in text
    assert "spy.example" not in text.replace(f"{Page(api.get(f'/p/{sunny.pk}')).json_ld}", "")
    assert "<h1>Big" not in text
    assert text.count("</script>") == 1


def test_who_owns_it_is_not_told_to_everybody(api, sunny, cast):
    text = api.get(f"/p/{sunny.pk}").content.decode()
    assert cast.owner.full_name not in text
    assert "98100" not in text


def test_its_address_is_one_and_it_can_be_found(page, sunny):
    assert page.meta["canonical"] == page.meta["og:url"] == f"https://the360ghar.com/p/{sunny.pk}"
    assert "robots" not in page.meta
    assert page.meta["viewport"] == "width=device-width, initial-scale=1"


def test_it_works_without_scripts(page):
    assert [script for script in page.scripts if script.get("type") != "application/ld+json"] == []


def test_programs_that_show_links_read_its_card(page):
    assert page.meta["og:title"] == page.meta["twitter:title"] == 'Sunny <b>"house"</b>'
    assert page.meta["og:description"] == "Bright & quiet. Big"
    assert page.meta["og:image"] == page.meta["twitter:image"]
    assert (page.meta["og:image:width"], page.meta["og:image:height"]) == ("1200", "630")
    assert page.meta["twitter:card"] == "summary_large_image"


@pytest.mark.parametrize(
    ("title", "shown"),
    [
        ("Bright house", "Bright house in Sector 54, Gurugram"),
        ("House for sale in sector 54, Gurugram", "House for sale in sector 54, Gurugram"),
        ("House in Gurugram", "House in Gurugram, Sector 54"),
        ("House near Sector 541", "House near Sector 541 in Sector 54, Gurugram"),
    ],
)
def test_its_window_names_the_place_once(api, sunny, title, shown):
    change(sunny, title=title)
    assert f"<title>{shown} · 360 Ghar</title>" in api.get(f"/p/{sunny.pk}").content.decode()


def test_where_the_city_is_unknown_search_engines_read_the_sector(api, sunny):
    change(sunny, city=None)
    address = Page(api.get(f"/p/{sunny.pk}")).json_ld["offers"]["itemOffered"]["address"]
    assert address["addressLocality"] == "Sector 54"
    assert "streetAddress" not in address


def test_every_picture_has_words(page):
    assert page.pictures["https://pictures.example/front.webp"] == 'Sunny <b>"house"</b>'


def test_search_engines_read_the_offer(api, sunny):
    change(sunny, sub_locality="Palm Court", state="Haryana", pincode="122011", country="India")
    data = Page(api.get(f"/p/{sunny.pk}")).json_ld
    assert (data["@type"], data["name"], data["url"]) == (
        "RealEstateListing", 'Sunny <b>"house"</b>', f"https://the360ghar.com/p/{sunny.pk}",
    )  # fmt: skip
    offer = data["offers"]
    assert (offer["@type"], offer["price"], offer["priceCurrency"]) == ("Offer", 45000, "INR")
    assert (offer["priceSpecification"]["unitCode"], offer["availability"]) == ("MON", "https://schema.org/InStock")
    home = offer["itemOffered"]
    assert (home["@type"], home["numberOfBedrooms"], home["floorLevel"]) == ("House", 3, "0")
    assert home["floorSize"] == {"@type": "QuantitativeValue", "value": 1450, "unitCode": "FTK"}
    assert home["address"] == {
        "@type": "PostalAddress", "streetAddress": "Palm Court, Sector 54", "addressLocality": "Gurugram",
        "addressRegion": "Haryana", "postalCode": "122011", "addressCountry": "India",
    }  # fmt: skip
    assert home["geo"] == {"@type": "GeoCoordinates", "latitude": 28.44, "longitude": 77.1}
    assert [one["name"] for one in home["amenityFeature"]] == ["Lift", "Park"]


def test_an_office_has_no_bedrooms_to_tell_of(api, sunny):
    change(sunny, property_type="office", purpose="buy")
    offer = Page(api.get(f"/property/{sunny.pk}")).json_ld["offers"]
    assert offer["itemOffered"]["@type"] == "Place"
    assert "numberOfBedrooms" not in offer["itemOffered"]
    assert "priceSpecification" not in offer


@pytest.mark.parametrize("fields", [{"is_available": False}, {"status": "sold"}])
def test_what_is_gone_says_so_and_is_not_kept_by_search_engines(api, sunny, fields):
    change(sunny, **fields)
    answer = api.get(f"/p/{sunny.pk}")
    page = Page(answer)
    assert page.meta["robots"] == "noindex"
    assert page.json_ld["offers"]["availability"] == "https://schema.org/SoldOut"
    assert "no longer on offer" in answer.content.decode()


def test_what_the_public_may_not_see_is_not_shown(api, sunny):
    change(sunny, property_type="pg", listing_preferences={"moderation_status": "held"})
    page = Page(api.get(f"/p/{sunny.pk}"))
    assert (page.meta["og:title"], page.json_ld) == ("Open in 360 Ghar", None)


def test_a_listing_of_which_little_is_known(api, cast):
    answer = api.get(f"/p/{make_listing(cast.owner, title='Plot', property_type='plot', base_price=0, city=None).pk}")
    assert answer.status_code == 200
    assert "Price on request" in answer.content.decode()


def test_the_policy_lets_pictures_in_and_no_script_of_the_page(api, sunny):
    policy = api.get(f"/p/{sunny.pk}").headers["Content-Security-Policy"]
    directives = dict(part.strip().split(" ", 1) for part in policy.split(";"))
    assert "https:" in directives["img-src"].split()
    assert "'unsafe-inline'" not in policy
    assert directives["script-src"] == "'self'"


def test_one_statement(api, sunny):
    with CaptureQueriesContext(connection) as statements:
        api.get(f"/p/{sunny.pk}")
    assert len(statements) == 1
