"""Links, what they show, and what tells phones which app opens them. Nothing here is stored."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.conf import settings

from apps.links.rules import cards, pages, previews, registry, targets
from apps.links.rules.cards import Card
from apps.links.rules.pages import ListingPage
from apps.links.rules.previews import Preview
from apps.links.rules.registry import APPS, App, Link
from apps.properties.selectors import listings, offers
from ghar.actors import ANONYMOUS
from ghar.db import json_rows
from ghar.errors import BadRequest, NotFound

_RELATION = "delegate_permission/common.handle_all_urls"
FEED_MOST = 50
_ID = re.compile(r"[1-9][0-9]{0,17}", re.ASCII)


class UnknownLink(BadRequest):
    """There is no such app, or nothing of that kind in it, or the identifier is empty or too long."""


class NotShared(NotFound):
    """Nothing of that name is shared with the public."""

    message = "What you are looking for is not here, or is no longer shared."


@dataclass(frozen=True)
class Shared:
    """What a share page shows, and where it leads."""

    preview: Preview
    target: str


def list_apps() -> list[App]:
    """The client apps that links lead to."""
    return list(APPS.values())


def get_link(app: str, entity: str, identifier: str) -> Link:
    """The addresses of one thing in one app. Raises UnknownLink."""
    try:
        return registry.link(settings.LINK_BASE, app, entity, identifier)
    except registry.LinkRefused as refused:
        raise UnknownLink(str(refused)) from refused


def android_statements() -> list[dict[str, object]]:
    """Which Android packages open our links, by the certificates that signed them."""
    return [_statement(package) for app in APPS.values() for package in app.packages]


def _statement(package: str) -> dict[str, object]:
    target = {
        "namespace": "android_app",
        "package_name": package,
        "sha256_cert_fingerprints": settings.DEEPLINK_FINGERPRINTS[package],
    }
    return {"relation": [_RELATION], "target": target}


def apple_association() -> dict[str, object]:
    """Which iOS apps open which of our paths, and share passwords with our pages."""
    team = settings.DEEPLINK_APPLE_TEAM_ID
    return {
        "applinks": {
            "apps": [],
            "details": [{"appID": f"{team}.{app.bundle}", "paths": app.paths} for app in APPS.values()],
        },
        "webcredentials": {"apps": [f"{team}.{app.bundle}" for app in APPS.values()]},
    }


def find_page(link: Link) -> ListingPage | None:
    """The page of what a link leads to, if the public may see it."""
    found = _stranger_sees(link.identifier) if link.app == "ghar" else None
    return pages.of_listing(found, _preview(found)) if found else None


def get_shared(kind: str, name: str, *, redirect: str | None = None) -> Shared:
    """A thing of a kind that is shared with the public, by its id or code. Raises NotShared.

    It leads to `redirect` where that is an address of our own, else to the thing's own address.
    """
    find = _FINDERS.get(kind)
    preview = find(name) if find else None
    if preview is None:
        raise NotShared
    return Shared(preview, targets.allowed(redirect, _own_bases()) or preview.url)


def get_card(property_id: int) -> Card:
    """What is drawn of a listing. Raises NotShared."""
    found = _stranger_sees(str(property_id))
    if found is None:
        raise NotShared
    return cards.of_listing(found)


def list_newest() -> list[Preview]:
    """The newest listings that everybody finds, for those who follow them."""
    found = offers.list_newest_open(ANONYMOUS)
    rows = json_rows.render(found.pick, found.shape, limit=FEED_MOST, order=found.order)
    return [_preview(json_rows.decode(row)) for row in rows]


def _listing(identifier: str) -> Preview | None:
    found = _stranger_sees(identifier)
    return _preview(found) if found else None


def _stranger_sees(identifier: str) -> dict[str, Any] | None:
    """A listing as the API shows it to strangers."""
    if not _ID.fullmatch(identifier):
        return None
    try:
        found = listings.get_property(ANONYMOUS, int(identifier))
    except listings.PropertyNotFound:
        return None
    return json_rows.decode(found)


def _preview(listing: dict[str, Any]) -> Preview:
    url = get_link("ghar", "p", str(listing["id"])).url
    card = f"{settings.LINK_BASE}/share/properties/{listing['id']}/card.jpg?v={cards.of_listing(listing).digest}"
    return previews.of_listing(listing, url=url, card_url=card)


_FINDERS: dict[str, Callable[[str], Preview | None]] = {"properties": _listing}
"""What can be shared. A kind that is missing here, because no area has it yet, is never found."""


def _own_bases() -> list[str]:
    return [base for base in (settings.PUBLIC_APP_URL, settings.PUBLIC_BASE_URL) if base]
