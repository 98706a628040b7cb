"""What search engines and feed readers follow: sitemaps, robots.txt, and the newest listings as feeds."""

from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.sitemaps import Sitemap, views
from django.contrib.syndication.views import Feed
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.feedgenerator import Atom1Feed
from django.views.decorators.http import require_safe

from apps.links import selectors
from apps.links.rules.previews import Preview
from apps.properties.selectors import offers

_MINUTES = "public, max-age=900"
_CLOSED = ("/admin/", "/api/", "/auth/", "/mcp", "/ws/", "/metrics")


class Listings(Sitemap):
    """The pages of the open listings, ten thousand a file."""

    limit = 10_000

    def items(self) -> Any:
        """(id, when it changed) of each."""
        return offers.list_open_changes()

    def location(self, item: tuple[int, datetime]) -> str:
        """The path of a listing's page."""
        return f"/p/{item[0]}"

    def lastmod(self, item: tuple[int, datetime]) -> datetime:
        """When the listing changed."""
        return item[1]

    def get_latest_lastmod(self) -> datetime | None:
        """When any of them changed; Django's own would read every row."""
        return offers.find_last_open_change()

    def get_protocol(self, protocol: str | None = None) -> str:
        """The protocol of links, whichever the request came by."""
        return urlsplit(settings.LINK_BASE).scheme

    def get_domain(self, site: Any = None) -> str:
        """The domain of links, whatever name the request came by."""
        return urlsplit(settings.LINK_BASE).netloc


SITEMAPS: "dict[str, Sitemap[Any]]" = {"listings": Listings()}


@require_safe
def sitemap_index(request: HttpRequest) -> HttpResponse:
    """The files of the sitemap, a page of a section each."""
    files = [
        {"location": f"{settings.LINK_BASE}/sitemap-{name}.xml?p={page}", "last_mod": site.get_latest_lastmod()}
        for name, site in SITEMAPS.items()
        for page in site.paginator.page_range
    ]
    return _kept(render(request, "sitemap_index.xml", {"sitemaps": files}, content_type="application/xml"))


@require_safe
def sitemap(request: HttpRequest, section: str) -> HttpResponse:
    """One file of the sitemap: page `p` of a section."""
    return _kept(views.sitemap(request, dict(SITEMAPS), section=section).render())


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """What programs may read: pages of listings, and nothing that is for apps or staff."""
    closed = "".join(f"Disallow: {path}\n" for path in _CLOSED)
    text = f"User-agent: *\n{closed}\nSitemap: {settings.LINK_BASE}/sitemap.xml\n"
    return _kept(HttpResponse(text, content_type="text/plain; charset=utf-8"))


class Newest(Feed):
    """The newest listings, as RSS."""

    title = "Newest homes on Ghar"
    description = "Homes to buy, to rent and for short stays, the newest first."
    language = "en-in"

    def link(self) -> str:
        """Where the feed's own site is."""
        return f"{settings.LINK_BASE}/"

    def feed_url(self) -> str:
        """The address that readers keep."""
        return f"{settings.LINK_BASE}/feeds/newest.rss"

    def items(self) -> list[Preview]:
        """The newest ones."""
        return selectors.list_newest()

    def item_title(self, item: Preview) -> str:
        """Its title."""
        return item.title

    def item_description(self, item: Preview) -> str:
        """What is known of it, and the beginning of its description."""
        return f"{item.facts}\n{item.description}" if item.description != item.facts else item.facts

    def item_link(self, item: Preview) -> str:
        """Its page."""
        return item.url

    def item_guid(self, item: Preview) -> str:
        """Its page, which stays."""
        return item.url

    def item_pubdate(self, item: Preview) -> datetime | None:
        """When it was put in."""
        return item.posted_at


class NewestAtom(Newest):
    """The same as Atom."""

    feed_type = Atom1Feed
    subtitle = Newest.description

    def feed_url(self) -> str:
        """The address that readers keep."""
        return f"{settings.LINK_BASE}/feeds/newest.atom"


@require_safe
def newest_rss(request: HttpRequest) -> HttpResponse:
    """The newest listings as RSS."""
    return _kept(Newest()(request))


@require_safe
def newest_atom(request: HttpRequest) -> HttpResponse:
    """The newest listings as Atom."""
    return _kept(NewestAtom()(request))


def _kept(response: HttpResponse) -> HttpResponse:
    response["Cache-Control"] = _MINUTES
    return response
