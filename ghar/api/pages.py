"""Pages on the wire: `{items, next_cursor, has_more, limit, total}`."""

from collections.abc import Sequence
from dataclasses import replace
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

    def to_internal_value(self, data: Any) -> int:
        """The size, at most `MOST`."""
        return min(super().to_internal_value(data), MOST)


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
    listing.pick.follow(order.after(page["cursor"]))
    rows, last = json_rows.page(listing.pick, listing.shape, limit=limit, order=order)
    if not rows and listing.otherwise is not None and (instead := listing.otherwise()) is not None:
        return render(replace(instead, shape=listing.shape, order=order), page)
    rest = {
        "next_cursor": None if last is None else order.cursor_of(last),
        "has_more": last is not None,
        "limit": limit,
        "total": _total(listing) if page["include_total"] else None,
        **(listing.extras or {}),
    }
    return _join(rows, rest)


def _total(listing: Listing) -> int:
    """How many rows all pages have together."""
    total, pool = listing.pick.count(), listing.order.pool
    return total if pool is None else min(total, pool.most)


def read(listing: Listing, page: dict[str, Any]) -> dict[str, Any]:
    """The same page as values, for tools, which show some of it."""
    values: dict[str, Any] = orjson.loads(render(listing, page).body)
    return values


def _join(rows: Sequence[bytes], rest: dict[str, Any]) -> Rendered:
    """All parts in one go: each further `+` would copy the whole page."""
    separated = [b","] * (2 * len(rows))
    separated[1::2] = rows
    return Rendered(b"".join([b'{"items":[', *separated[1:], b"],", orjson.dumps(rest)[1:]]))
