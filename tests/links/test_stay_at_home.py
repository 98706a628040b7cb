"""Where the host of links is not set, a deployment for a trial leads nobody to another one."""

from xml.etree import ElementTree as ET

import pytest

from tests.links.page import Page

pytestmark = pytest.mark.django_db
BASE = "http://127.0.0.1:3655"


@pytest.fixture(autouse=True)
def local(settings):
    settings.LINK_BASE = settings.PUBLIC_BASE_URL = BASE


def test_a_share_page_leads_to_the_page_of_the_listing_here(api, sunny):
    page = Page(api.get(f"/share/properties/{sunny.pk}"))
    assert page.main["data-target"] == f"{BASE}/p/{sunny.pk}"
    assert page.meta["og:image"].startswith(f"{BASE}/share/properties/{sunny.pk}/card.jpg")


def test_the_page_says_that_it_is_the_one_here(api, sunny):
    page = Page(api.get(f"/p/{sunny.pk}"))
    assert page.meta["canonical"] == page.json_ld["url"] == f"{BASE}/p/{sunny.pk}"


@pytest.mark.parametrize("path", ["/sitemap.xml", "/sitemap-listings.xml", "/feeds/newest.rss", "/feeds/newest.atom"])
def test_indexes_name_pages_here(api, sunny, path):
    named = [
        text for one in ET.fromstring(api.get(path).content).iter() for text in (one.text, one.get("href")) if text
    ]
    addresses = [text for text in named if text.startswith(("http://", "https://"))]
    assert addresses
    assert all(address.startswith(BASE) for address in addresses)
