"""A few facts of many listings, for areas above that compare them."""

from datetime import datetime
from typing import Any

from django.db.models import Max, Q, QuerySet
from django.db.models.fields.json import KT
from django.db.models.functions import Coalesce

from apps.properties.models import Property
from apps.properties.models.listing import BOOSTED, OPEN
from apps.properties.selectors import picks, shapes
from apps.properties.selectors.orders import NEWEST
from ghar import clock
from ghar.actors import Actor
from ghar.db.listing import Listing

FACTS = ("pk", "title", "city", "locality", "sub_locality", "property_type", "purpose", "bedrooms", "base_price")
"""What is told of each, in this order."""


def list_facts(wanted: Q, *, limit: int) -> list[tuple[Any, ...]]:
    """The `FACTS` of listings, whether they are open or not, in no order."""
    return list(Property.objects.filter(wanted).values_list(*FACTS)[:limit])


def list_open_facts(wanted: Q, *, limit: int) -> list[tuple[Any, ...]]:
    """The `FACTS` of open listings, the most popular first."""
    rows = Property.objects.filter(OPEN).filter(wanted).order_by("-like_count", "-view_count", "-pk")
    return list(rows.values_list(*FACTS)[:limit])


def list_boosted_facts(wanted: Q, *, limit: int) -> list[tuple[Any, ...]]:
    """The `FACTS` of open listings whose boost lasts, the one that began last first."""
    rows = (
        Property.objects.filter(OPEN, BOOSTED).filter(wanted).annotate(until=KT("listing_preferences__boosted_until"))
    )
    lasting = rows.filter(until__gt=clock.now().isoformat()).order_by("-until", "-pk")
    return list(lasting.values_list(*FACTS)[:limit])


def list_newest_open(actor: Actor) -> Listing:
    """The open listings in full, the newest first."""
    pick = picks.visible(actor).where("properties.is_available")
    return Listing(pick, shapes.listing_for(shapes.Viewer.of(actor)), NEWEST)


def list_open_changes() -> "QuerySet[Property, tuple[int, datetime]]":
    """(id, when it last changed) of every open listing, by id."""
    rows = Property.objects.filter(OPEN).annotate(changed_at=Coalesce("updated_at", "created_at"))
    return rows.order_by("pk").values_list("pk", "changed_at")


def find_last_open_change() -> datetime | None:
    """When an open listing last changed."""
    changed = Property.objects.filter(OPEN).aggregate(last=Max(Coalesce("updated_at", "created_at")))
    return changed["last"]
