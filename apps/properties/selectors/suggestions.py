"""Values that forms suggest while somebody types: cities, localities, amenities."""

from django.db.models import Count
from django.db.models.functions import Lower

from apps.properties.models import Property
from apps.properties.models.listing import OPEN
from apps.properties.rules import places
from apps.properties.selectors import listings

MOST = 100


def list_cities(beginning: str) -> list[str]:
    """The cities of available listings that begin so, the most frequent first."""
    return _most_frequent("city", beginning, None)


def list_localities(beginning: str, city: str | None = None) -> list[str]:
    """The localities of available listings that begin so, of a city under any of its names, the most frequent first."""
    return _most_frequent("locality", beginning, city)


def list_amenity_titles(beginning: str) -> list[str]:
    """The amenities that begin so, by title."""
    found = listings.list_amenities().filter(title__istartswith=beginning)
    return list(found.values_list("title", flat=True)[:MOST])


def _most_frequent(column: str, beginning: str, city: str | None) -> list[str]:
    rows = Property.objects.filter(OPEN, **{f"{column}__istartswith": beginning}).exclude(**{column: ""})
    if city:
        rows = rows.alias(city_name=Lower("city")).filter(city_name__in=places.names_of(city))
    counted = rows.order_by().values(column).annotate(times=Count("pk")).order_by("-times", column)
    return [row[column] for row in counted[:MOST] if row[column]]
