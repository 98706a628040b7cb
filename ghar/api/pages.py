"""Pages on the wire: `{items, next_cursor, has_more, limit, total}`."""

from collections.abc import Sequence
from typing import Any

import orjson
from rest_framework import serializers

from ghar.api.parsing import QueryIn
from ghar.api.rendering import Rendered
from ghar.db import json_rows
from ghar.db.listing import Listing

DEFAULT_LIMIT = 20
MOST = 100


class CappedLimit(serializers.IntegerField):
    """A page size: above the bound it is capped, because clients ask for 200 and 1000."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(min_value=1, default=DEFAULT_LIMIT, required=False, **kwargs)

    def run_validation(self, data: Any = serializers.empty) -> int:
        """The size, at most `MOST`."""
        return min(int(super().run_validation(data)), MOST)


class PageIn(QueryIn):
    """The parameters of every list."""

    cursor = serializers.CharField(
        required=False, allow_null=True, max_length=2000, help_text="Opaque; from `next_cursor`."
    )
    limit = CappedLimit(help_text=f"Rows a page; more than {MOST} is read as {MOST}.")
    include_total = serializers.BooleanField(required=False, default=False, help_text="Count all rows as well.")


def render(listing: Listing, page: dict[str, Any]) -> Rendered:
    """One page of a listing as JSON bytes, in one statement (two with `include_total`)."""
    limit, order = page["limit"], listing.order
    total = listing.pick.count() if page["include_total"] else None
    if (behind := order.after(page["cursor"])) is not None:
        listing.pick.where(behind[0], **behind[1])
    rows = json_rows.render(listing.pick, listing.shape, limit=limit + 1, order=order)
    has_more = len(rows) > limit
    rest = {
        "next_cursor": order.cursor_of(json_rows.decode(rows[limit - 1])) if has_more else None,
        "has_more": has_more,
        "limit": limit,
        "total": total,
        **(listing.extras or {}),
    }
    return _join(rows[:limit], rest)


def _join(rows: Sequence[bytes], rest: dict[str, Any]) -> Rendered:
    return Rendered(b'{"items":[' + b",".join(rows) + b"]," + orjson.dumps(rest)[1:])
