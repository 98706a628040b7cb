"""A few facts of many listings, for areas above that compare them."""

from typing import Any

from django.db.models import Q

from apps.properties.models import Property
from apps.properties.models.listing import OPEN

FACTS = ("pk", "title", "city", "locality", "property_type", "purpose", "bedrooms", "base_price")
"""What is told of each, in this order."""


def list_facts(wanted: Q, *, limit: int) -> list[tuple[Any, ...]]:
    """The `FACTS` of listings, whether they are open or not, in no order."""
    return list(Property.objects.filter(wanted).values_list(*FACTS)[:limit])


def list_open_facts(wanted: Q, *, limit: int) -> list[tuple[Any, ...]]:
    """The `FACTS` of open listings, the most popular first."""
    rows = Property.objects.filter(OPEN).filter(wanted).order_by("-like_count", "-view_count", "-pk")
    return list(rows.values_list(*FACTS)[:limit])
