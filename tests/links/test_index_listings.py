"""What search engines and feed readers follow."""

import urllib.robotparser
from xml.etree import ElementTree as ET

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from apps.links.views import indexes
from apps.properties.models import Property
from tests.support.listings import make_listing

pytestmark = pytest.mark.django_db
MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture
def read(api):
    def call(path, **headers):
        answer = api.get(path, **headers)
        assert answer.status_code == 200
        return ET.fromstring(answer.content)

    return call


def locations(tree):
    return [one.text for one in tree.iter(f"{MAP}loc")]


def page_of(listing):
    return f"https://the360ghar.com/p/{listing.pk}"


def test_the_map_has_the_open_listings_alone(read, cast):
    first, second = make_listing(cast.owner), make_listing(cast.owner)
    make_listing(cast.owner, is_available=False)
    make_listing(
        cast.owner, property_type="pg", purpose="rent", listing_preferences={"moderation_status": "pending_review"}
    )
    assert locations(read("/sitemap-listings.xml")) == [page_of(first), page_of(second)]


def test_it_says_when_a_listing_changed(read, cast):
    listing = make_listing(cast.owner)
    (changed,) = read("/sitemap-listings.xml").iter(f"{MAP}lastmod")
    listing.refresh_from_db()
    assert changed.text == f"{listing.updated_at:%Y-%m-%d}"


def test_many_listings_are_several_files(read, cast, monkeypatch):
    monkeypatch.setattr(indexes.SITEMAPS["listings"], "limit", 2)
    listings = [make_listing(cast.owner) for _ in range(5)]
    files = locations(read("/sitemap.xml"))
    assert files == [f"https://the360ghar.com/sitemap-listings.xml?p={page}" for page in (1, 2, 3)]
    found = [place for file in files for place in locations(read(file.removeprefix("https://the360ghar.com")))]
    assert found == [page_of(listing) for listing in listings]


def test_without_listings_it_is_there_and_empty(read, db):
    assert locations(read("/sitemap-listings.xml")) == []
    assert len(locations(read("/sitemap.xml"))) == 1


@pytest.mark.parametrize("path", ["/sitemap-people.xml", "/sitemap-listings.xml?p=9", "/sitemap-listings.xml?p=x"])
def test_what_is_no_file_of_it_is_not_found(api, db, path):
    answer = api.get(path)
    assert (answer.status_code, answer.json()["error"]["code"]) == (404, "NOT_FOUND")


def test_a_longer_map_takes_no_more_statements(api, cast):
    def statements(path):
        with CaptureQueriesContext(connection) as captured:
            api.get(path)
        return len(captured)

    make_listing(cast.owner)
    few = [statements(path) for path in ("/sitemap.xml", "/sitemap-listings.xml", "/feeds/newest.rss")]
    for _ in range(5):
        make_listing(cast.owner)
    assert [statements(path) for path in ("/sitemap.xml", "/sitemap-listings.xml", "/feeds/newest.rss")] == few


def test_programs_may_read_pages_and_nothing_else(api, db):
    answer = api.get("/robots.txt")
    assert answer.headers["Content-Type"].startswith("text/plain")
    rules = urllib.robotparser.RobotFileParser()
    rules.parse(answer.content.decode().splitlines())
    allowed = {path: rules.can_fetch("anybody", path) for path in ("/p/7", "/share/properties/7", "/feeds/newest.rss")}
    closed = {path: rules.can_fetch("anybody", path) for path in ("/admin/", "/api/v1/properties", "/auth/v1/otp")}
    assert (set(allowed.values()), set(closed.values())) == ({True}, {False})
    assert rules.site_maps() == ["https://the360ghar.com/sitemap.xml"]


def test_the_newest_come_first_in_both_feeds(read, cast):
    old, new = make_listing(cast.owner, title="Old & <i>gone</i>", bedrooms=2), make_listing(cast.owner, title="New")
    hidden = make_listing(cast.owner, is_available=False)
    rss, atom = read("/feeds/newest.rss"), read("/feeds/newest.atom")
    assert [one.findtext("link") for one in rss.iter("item")] == [page_of(new), page_of(old)]
    assert [one.findtext(f"{ATOM}title") for one in atom.iter(f"{ATOM}entry")] == ["New", "Old & <i>gone</i>"]
    assert page_of(hidden) not in ET.tostring(rss, encoding="unicode")
    assert "2 bedrooms" in next(
        one.findtext("description") for one in rss.iter("item") if "2 bed" in ET.tostring(one, encoding="unicode")
    )
    assert rss.find("channel").findtext("link") == "https://the360ghar.com/"


def test_a_feed_is_no_longer_than_fifty(read, cast):
    Property.objects.bulk_create(
        [
            Property(owner=cast.owner, title=f"House {n}", property_type="house", purpose="buy", base_price=1)
            for n in range(60)
        ]
    )
    assert len(list(read("/feeds/newest.rss").iter("item"))) == 50


@pytest.mark.parametrize(
    "path", ["/sitemap.xml", "/sitemap-listings.xml", "/feeds/newest.rss", "/feeds/newest.atom", "/robots.txt"]
)
def test_the_name_that_a_request_came_by_is_nowhere(api, cast, settings, path):
    settings.ALLOWED_HOSTS = ["*"]
    settings.LINK_BASE = "https://homes.example"
    make_listing(cast.owner)
    text = api.get(path, headers={"host": "evil.example"}).content.decode()
    assert "evil.example" not in text
    assert "https://homes.example/" in text
