"""What is shared is shown to programs by its facts, and leads people on."""

import pytest

from tests.links.page import Page
from tests.support.listings import make_listing

pytestmark = pytest.mark.django_db


@pytest.fixture
def listing(cast):
    return make_listing(cast.owner, title="Sunny house", purpose="buy", base_price=12500000, description=None)


@pytest.fixture
def target(api, listing):
    def where(redirect=None):
        page = Page(api.get(f"/share/properties/{listing.pk}", {"redirect": redirect} if redirect else {}))
        assert page.meta["refresh"] == f"0; url={page.main['data-target']}"
        return page.main["data-target"]

    return where


def test_a_listing_to_share(api, listing):
    answer = api.get(f"/share/properties/{listing.pk}")
    page = Page(answer)
    assert (answer.status_code, page.meta["og:title"], page.meta["twitter:card"]) == (
        200, "Sunny house", "summary_large_image",
    )  # fmt: skip
    assert page.meta["og:description"].startswith("₹\u00a01,25,00,000")
    assert page.json_ld["offers"]["price"] == 12500000


def test_it_leads_to_the_things_own_address(target, listing):
    assert target() == f"https://the360ghar.com/p/{listing.pk}"


def test_it_leads_to_our_own_hosts_where_asked(target, settings):
    settings.PUBLIC_APP_URL = "https://app.homes.example"
    settings.PUBLIC_BASE_URL = "https://api.homes.example:8443"
    for address in ("https://app.homes.example/view/7?a=1#b", "http://api.homes.example:8443/x"):
        assert target(address) == address


@pytest.mark.parametrize(
    "address",
    [
        "https://evil.example/",
        "//evil.example/",
        "javascript:alert(1)",
        "https://app.homes.example@evil.example/",
        "https://app.homes.example:444/",
        "https://app.homes.example.evil.example/",
        "https://evil.example\\@app.homes.example/",
        "https://app.homes.example/\nSet-Cookie: a",
        "ftp://app.homes.example/",
        "https://[",
        "/view/7",
    ],
)
def test_it_leads_nowhere_else(target, listing, settings, address):
    settings.PUBLIC_APP_URL = "https://app.homes.example"
    assert target(address) == f"https://the360ghar.com/p/{listing.pk}"


@pytest.mark.parametrize("path", ["properties/987654321", "properties/x", "tours/nothing", "tours/%00"])
def test_what_is_not_shared_is_a_page_that_says_so(api, path):
    answer = api.get(f"/share/{path}")
    assert (answer.status_code, answer.headers["Content-Type"]) == (404, "text/html; charset=utf-8")
    assert Page(answer).meta["robots"] == "noindex"
    assert b"no longer shared" in answer.content


def test_an_unknown_code(api):
    assert api.get("/v/nothing").status_code == 404
