"""What a selector gives to a list view."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from ghar.db.json_rows import Pick, Shape
from ghar.db.keyset import Order


@dataclass(frozen=True)
class Listing:
    """Rows, the shape each is shown in, their order, and extras that stand beside the items on the wire.

    `otherwise` is asked when there is no row: it may give other rows, and what is to stand beside those.
    """

    pick: Pick
    shape: Shape
    order: Order
    extras: dict[str, Any] | None = None
    otherwise: "Callable[[], Listing | None] | None" = None
