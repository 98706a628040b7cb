"""Telling people of new listings that fit what they look for.

First listings are compared with how they stood before (`ListingNews`): one that is newly open, or has another price,
is news. Then each search is compared with what became news since it was compared last. Matches, the mark how far it
was compared, and the notice are one transaction under a lock of the search, so a run that is repeated, crosses another
or dies neither repeats nor loses anything.
"""

from collections.abc import Sequence
from datetime import datetime

import structlog
from django.db import connection, transaction
from django.db.models import Max

from apps.discovery import notices as kinds
from apps.discovery.models import ListingNews, SavedSearch, SavedSearchMatch
from apps.discovery.rules import wanted
from apps.discovery.selectors.swipes import NOT_SWIPED
from apps.properties.selectors import search
from ghar import notices
from ghar.actors import Actor
from ghar.db import json_rows, locks
from ghar.db.json_rows import Shape
from ghar.errors import DomainError

log = structlog.get_logger(__name__)

_A_RUN = 2000
MOST_A_NOTICE = 200
"""Listings that one notice counts; of a large import the rest is news without being told."""

_COMPARE = """
WITH news AS (
  SELECT p.id, p.is_available AND p.is_live AS is_open, p.base_price AS price,
    coalesce(NOT n.is_open, TRUE) OR n.price <> p.base_price AS is_other
  FROM properties p LEFT JOIN listing_news n ON n.property_id = p.id
  WHERE n.property_id IS NULL OR n.is_open <> (p.is_available AND p.is_live) OR n.price <> p.base_price
)
INSERT INTO listing_news (property_id, is_open, price, news_at)
SELECT id, is_open, price, CASE WHEN is_open AND is_other THEN clock_timestamp() END FROM news
ON CONFLICT (property_id) DO UPDATE SET is_open = excluded.is_open, price = excluded.price,
  news_at = coalesce(excluded.news_at, listing_news.news_at)
"""

# Somebody who saves a search has seen what was there; what was changed before that is no news to them.
_NEWS = (
    "properties.id IN (SELECT n.property_id FROM listing_news n WHERE n.news_at > %(checked_at)s "
    "AND n.news_at <= %(until)s) "
    "AND coalesce(properties.updated_at, properties.created_at) > %(saved_at)s "
    "AND properties.owner_id <> %(viewer)s "
    "AND NOT EXISTS (SELECT FROM saved_search_matches m "
    "WHERE m.saved_search_id = %(saved_search)s AND m.property_id = properties.id)"
)
_TITLE = Shape("properties p WHERE p.id = page.id", {"id": "p.id", "title": "p.title"})


def system_tell_of_matches() -> int:
    """Compare listings, then searches; answers how many people were told something."""
    system_compare_listings()
    until = ListingNews.objects.aggregate(last=Max("news_at"))["last"]
    if until is None:
        return 0
    told = 0
    for _ in range(_A_RUN):
        outcome = _next(until)
        if outcome is None:
            break
        told += outcome
    return told


@transaction.atomic
def system_compare_listings() -> int:
    """Note which listings became news; answers how many stand otherwise than before."""
    locks.hold("listing news")
    with connection.cursor() as cursor:
        cursor.execute(_COMPARE)
        return int(cursor.rowcount)


@transaction.atomic
def _next(until: datetime) -> bool | None:
    """Compare one search that is behind; whether somebody was told, None when none is left that nobody holds."""
    behind = SavedSearch.objects.filter(checked_at__lt=until, user__is_active=True).order_by("checked_at", "pk")
    saved = behind.select_related("user").select_for_update(of=("self",), skip_locked=True).first()
    if saved is None:
        return None
    found = _news_for(saved, until)
    SavedSearchMatch.objects.bulk_create(
        [SavedSearchMatch(saved_search=saved, property_id=property_id) for property_id, _ in found],
        ignore_conflicts=True,
    )
    SavedSearch.objects.filter(pk=saved.pk).update(checked_at=until)
    return bool(found) and saved.notify and _tell(saved, found)


def _news_for(saved: SavedSearch, until: datetime) -> list[tuple[int, str]]:
    """(id, title) of what became news and fits, in the order of the search."""
    try:
        listing = search.search_properties(Actor.of(saved.user), wanted.read(saved.filters))
    except DomainError as wrong:
        log.warning("a saved search cannot be read any more", saved_search=saved.pk, error=str(wrong))
        return []
    facts = {"checked_at": saved.checked_at, "until": until, "saved_at": saved.created_at, "saved_search": saved.pk}
    pick = listing.pick.where(_NEWS, **facts).where(NOT_SWIPED)
    rows = json_rows.render(pick, _TITLE, limit=MOST_A_NOTICE, order=listing.order)
    return [(one["id"], one["title"]) for one in map(json_rows.decode, rows)]


def _tell(saved: SavedSearch, found: Sequence[tuple[int, str]]) -> bool:
    """One notice, however many there are."""
    (first_id, first), others = found[0], len(found) - 1
    more = "" if not others else f" and {others} more"
    sent = notices.send(
        user_id=saved.user_id,
        key=kinds.MATCHED.key,
        title=f"New for “{saved.name}”",
        body=f"“{first}”{more}.",
        data={
            "saved_search_id": saved.pk,
            "property_id": first_id,
            "property_ids": [property_id for property_id, _ in found],
            "count": len(found),
        },
        route=f"/saved-searches/{saved.pk}",
    )
    return sent is not None
