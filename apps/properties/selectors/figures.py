"""How many listings there are, for the staff dashboard."""

from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Count, Q, QuerySet

from apps.agents import selectors as agents
from apps.properties import permissions
from apps.properties.models import Property
from apps.properties.models.listing import OPEN
from ghar import clock
from ghar.actors import Actor


@dataclass(frozen=True)
class ListingCounts:
    """All of them, those of the last seven days, and those that a search shows to everybody."""

    all: int
    new: int
    open: int


def count_listings(actor: Actor) -> ListingCounts:
    """Of those that the actor may see."""
    week = Q(created_at__gte=clock.now() - timedelta(days=7))
    counts = _seen_by(actor).aggregate(all=Count("pk"), new=Count("pk", filter=week), open=Count("pk", filter=OPEN))
    return ListingCounts(**counts)


def count_all_listings() -> int:
    """Every listing there is."""
    return Property.objects.count()


agents.answer_figure("properties_listed", count_all_listings)


def count_listings_by(actor: Actor, column: str) -> "list[tuple[str, int]]":
    """(value, how many) of each value of a column, the most frequent first."""
    return list(_seen_by(actor).values_list(column).annotate(count=Count("pk")).order_by("-count", column))


def _seen_by(actor: Actor) -> "QuerySet[Property]":
    return Property.objects.filter(permissions.visible_to(actor)).order_by()
