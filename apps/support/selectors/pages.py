"""Reads of pages."""

from datetime import datetime

from django.db.models import QuerySet

from apps.support.models import Page
from ghar.actors import Actor
from ghar.db.json_rows import Pick, Shape
from ghar.db.keyset import Key, Order, whole_number
from ghar.db.listing import Listing
from ghar.errors import NotFound

_COLUMNS = (
    "id", "unique_name", "title", "content", "format", "custom_config", "is_active", "is_draft", "is_private",
    "view_count", "created_at", "updated_at",
)  # fmt: skip
_SHAPE = Shape(
    source="pages p WHERE p.id = page.id",
    keys={
        **{name: f"p.{name}" for name in _COLUMNS},
        "created_by": "p.created_by_id",
        "updated_by": "p.updated_by_id",
    },
)
_LAST_CHANGED = Order(
    "last_changed",
    (Key("updated_at", "pages.updated_at", datetime.fromisoformat), Key("id", "pages.id", whole_number)),
    descending=True,
)


class PageNotFound(NotFound):
    """There is no such page, or it was taken down, or it is not for the public."""

    code = "PAGE_NOT_FOUND"
    message = "Page not found"


def list_pages(actor: Actor, *, is_active: bool | None = None, is_draft: bool | None = None) -> Listing:
    """All pages, the last changed first; also those that were taken down."""
    pick = Pick("pages")
    for name, wanted in (("is_active", is_active), ("is_draft", is_draft)):
        if wanted is not None:
            pick.where(f"pages.{name} = %({name})s", **{name: wanted})
    return Listing(pick=pick, shape=_SHAPE, order=_LAST_CHANGED)


def get_page(actor: Actor, unique_name: str) -> Page:
    """A page that was not taken down. Raises PageNotFound."""
    return _found(unique_name, is_active=True)


def get_public_page(unique_name: str) -> Page:
    """A page that anybody may read. Raises PageNotFound."""
    return _found(unique_name, is_active=True, is_draft=False, is_private=False)


def _found(unique_name: str, **state: bool) -> Page:
    page = named(unique_name).filter(**state).first()
    if page is None:
        raise PageNotFound
    return page


def named(unique_name: str) -> QuerySet[Page]:
    """The page of a name. PostgreSQL cannot be asked for one with a null character, which no page has."""
    return Page.objects.none() if "\x00" in unique_name else Page.objects.filter(unique_name=unique_name)
