"""What a selector gives to a list view."""

from dataclasses import dataclass
from typing import Any

from ghar.db.json_rows import Pick, Shape
from ghar.db.keyset import Order


@dataclass(frozen=True)
class Listing:
    """Rows, the shape each is shown in, their order, and extras that stand beside the items on the wire."""

    pick: Pick
    shape: Shape
    order: Order
    extras: dict[str, Any] | None = None
