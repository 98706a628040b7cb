"""Who follows a link without the app sees what is behind it, and the ways on."""

import pytest

from tests.links.page import Page

PATHS = ["p", "property", "estate/apply", "estate/property", "estate/task", "estate/tenant", "estate/lease",
         "flatmates/listing", "flatmates/chat", "stays/listing", "stays/chat"]  # fmt: skip


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
