"""How many listings there are, for the staff dashboard."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, Q, QuerySet

from apps.agents import selectors as agents
from apps.properties import permissions
from apps.properties.models import Property
from apps.properties.models.listing import OPEN
from ghar import clock
from ghar.actors import Actor
from ghar.db.daily import count_by_day


@dataclass(frozen=True)
class ListingCounts:
    """All of them, those of the last seven days, those that a search shows to everybody, and all by two columns, the
    most frequent value first."""

    all: int
    new: int
    open: int
    by_type: list[tuple[str, int]]
    by_purpose: list[tuple[str, int]]


def count_listings(actor: Actor) -> ListingCounts:
    """Of those that the actor may see: one walk along the index `properties_figures`."""
    week = Q(created_at__gte=clock.now() - timedelta(days=7))
    counted = list(
        _seen_by(actor)
        .values_list("property_type", "purpose")
        .annotate(all=Count("*"), new=Count("created_at", filter=week), open=Count("created_at", filter=OPEN))
    )
    return ListingCounts(
        all=sum(row[2] for row in counted),
        new=sum(row[3] for row in counted),
        open=sum(row[4] for row in counted),
        by_type=_summed((row[0], row[2]) for row in counted),
        by_purpose=_summed((row[1], row[2]) for row in counted),
    )


def _summed(counted: Iterable[tuple[str, int]]) -> list[tuple[str, int]]:
    sums: Counter[str] = Counter()
    for value, count in counted:
        sums[value] += count
    return sorted(sums.items(), key=lambda entry: (-entry[1], entry[0]))


def count_all_listings() -> int:
    """Every listing there is."""
    return Property.objects.count()


agents.answer_figure("properties_listed", count_all_listings)


def count_listings_by_day(actor: Actor, days: int) -> "list[tuple[date, int]]":
    """How many were put in, day by day."""
    return count_by_day(_seen_by(actor), "created_at", days=days)


def _seen_by(actor: Actor) -> "QuerySet[Property]":
    return Property.objects.filter(permissions.visible_to(actor)).order_by()
