"""Reads of swipes; and what listings tell their viewer of them."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.db.models import Count, Q

from apps.discovery.models import Swipe
from apps.properties.selectors import conditions, search, shapes
from apps.properties.selectors.orders import SortBy
from ghar import dossiers
from ghar.actors import Actor
from ghar.db.json_rows import Pick, Shape
from ghar.db.keyset import Key, Order, whole_number
from ghar.db.listing import Listing


def _of_viewer(column: str, listing: str) -> str:
    """The SQL of a column of the viewer's swipe of a listing, null when there is none."""
    return f"(SELECT sw.{column} FROM user_swipes sw WHERE sw.user_id = %(viewer)s AND sw.property_id = {listing})"  # noqa: S608


NOT_SWIPED = "NOT EXISTS (SELECT FROM user_swipes sw WHERE sw.user_id = %(viewer)s AND sw.property_id = properties.id)"
_SWIPED = "properties.id IN (SELECT sw.property_id FROM user_swipes sw WHERE sw.user_id = %(viewer)s)"
_LIKED = (
    "properties.id IN (SELECT sw.property_id FROM user_swipes sw "
    "WHERE sw.user_id = %(viewer)s AND sw.is_liked = %(is_liked)s)"
)

LATEST = Order(
    "latest_swipes",
    (
        Key("swiped_at", _of_viewer("swiped_at", "properties.id"), datetime.fromisoformat),
        Key("id", "properties.id", whole_number),
    ),
    descending=True,
)

shapes.answer(
    "(SELECT bool_or(sw.is_liked) AS liked FROM user_swipes sw "
    "WHERE sw.user_id = %(viewer)s AND sw.property_id = p.id) swiped",
    {"liked": "swiped.liked", "is_liked": "swiped.liked"},
)
"""Every listing tells its viewer whether they like it; null when they have not decided."""


def _without_swiped(pick: Pick, name: str, wanted: bool) -> None:
    """Nobody in particular has swiped nothing."""
    if wanted and pick.params["viewer"] is not None:
        pick.where(NOT_SWIPED)


conditions.fill("exclude_swiped", _without_swiped)


@dataclass(frozen=True)
class SwipeCounts:
    """What a person has decided so far; the share of likes is a percentage, 0 without any swipe."""

    total_swipes: int
    liked_count: int
    disliked_count: int
    like_percentage: float


def list_swipes(actor: Actor, filters: dict[str, Any], *, is_liked: bool | None = None) -> Listing:
    """The available listings that the actor swiped and that match, with each swipe's id and time.

    `filters` are those of the listing search; `newest` means the latest decision first.
    """
    decided = _SWIPED if is_liked is None else _LIKED
    found = search.search_properties(actor, {**filters, "exclude_swiped": False}, among=decided, is_liked=is_liked)
    order = LATEST if filters["sort_by"] == SortBy.NEWEST else found.order
    return replace(found, shape=with_swipe(found.shape), order=order)


def with_swipe(shape: Shape) -> Shape:
    """A listing's shape with the viewer's swipe of it."""
    swipe = {"swipe_id": _of_viewer("id", "p.id"), "swiped_at": _of_viewer("swiped_at", "p.id")}
    return Shape(shape.source, {**shape.keys, **swipe})


def count_swipes(actor: Actor) -> SwipeCounts:
    """Of the actor's own."""
    counted = Swipe.objects.filter(user=actor.user).aggregate(
        total=Count("pk"), liked=Count("pk", filter=Q(is_liked=True))
    )
    total, liked = counted["total"], counted["liked"]
    return SwipeCounts(total, liked, total - liked, round(100 * liked / total, 2) if total else 0.0)


@dossiers.section("swipes")
def list_swipes_of(user: Any, most: int) -> dossiers.Rows:
    """What a person thinks of listings."""
    swipes = Swipe.objects.filter(user=user).order_by("-swiped_at", "-pk")
    return list(swipes.values("property_id", "property__title", "action", "swiped_at")[:most])
