"""How many rows there were each day, in one statement."""

from datetime import date, timedelta
from typing import Any

from django.db.models import Count, QuerySet
from django.db.models.functions import TruncDate

from ghar import clock


def count_by_day(rows: "QuerySet[Any]", column: str, *, days: int) -> list[tuple[date, int]]:
    """(day, how many) of the last `days` days in India, today included, the earliest first, and 0 where none was."""
    today = clock.today()
    first = today - timedelta(days=days - 1)
    counted = dict(
        rows.filter(**{f"{column}__gte": clock.midnight(first), f"{column}__lt": clock.midnight(today + timedelta(1))})
        .order_by()
        .values_list(TruncDate(column, tzinfo=clock.INDIA))
        .annotate(count=Count("*"))
    )
    return [(day, counted.get(day, 0)) for day in (first + timedelta(number) for number in range(days))]
