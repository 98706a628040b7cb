"""Reads of FAQs."""

from datetime import datetime
from typing import Any

from apps.support.models import FAQ
from ghar.actors import Actor
from ghar.db.json_rows import Pick, Shape
from ghar.db.keyset import Key, Order, whole_number
from ghar.db.listing import Listing
from ghar.errors import NotFound

_COLUMNS = (
    "id", "question", "answer", "category", "tags", "display_order", "is_active", "created_at", "updated_at",
)  # fmt: skip
_SHAPE = Shape(source="faqs f WHERE f.id = page.id", keys={name: f"f.{name}" for name in _COLUMNS})


def _backwards(value: Any) -> int:
    return -whole_number(value)


# The smallest number first and of the same number the newest: the number is turned around, so that all keys descend.
_IN_ORDER = Order(
    "in_order",
    (
        Key("display_order", "(faqs.display_order * -1)", _backwards),
        Key("created_at", "faqs.created_at", datetime.fromisoformat),
        Key("id", "faqs.id", whole_number),
    ),
    descending=True,
)


class FAQNotFound(NotFound):
    """There is no such FAQ."""

    code = "FAQ_NOT_FOUND"

    def __init__(self, faq_id: int) -> None:
        super().__init__(f"FAQ with ID {faq_id} not found")


def list_public_faqs(*, category: str | None = None) -> Listing:
    """What the public reads."""
    return _listing(category=category, is_active=True)


def list_faqs(actor: Actor, *, category: str | None = None, is_active: bool | None = None) -> Listing:
    """All of them, also those that were taken down."""
    return _listing(category=category, is_active=is_active)


def _listing(*, category: str | None, is_active: bool | None) -> Listing:
    pick = Pick("faqs")
    if category is not None:
        pick.where("faqs.category = %(category)s", category=category)
    if is_active is not None:
        pick.where("faqs.is_active = %(is_active)s", is_active=is_active)
    return Listing(pick=pick, shape=_SHAPE, order=_IN_ORDER)


def get_faq(actor: Actor, faq_id: int) -> FAQ:
    """One of them, also one that was taken down. Raises FAQNotFound."""
    faq = FAQ.objects.filter(pk=faq_id).first()
    if faq is None:
        raise FAQNotFound(faq_id)
    return faq
