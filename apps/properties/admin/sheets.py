"""Listings as files: every row is judged as a body over REST is, and written by the same services."""

from datetime import datetime
from typing import Any

from apps.accounts.services import feeds
from apps.properties.models import Property
from apps.properties.selectors import sheets
from apps.properties.serializers import writing
from apps.properties.services import listings
from ghar.api import parsing
from ghar.errors import Invalid
from ghar.sheets import cells
from ghar.sheets.sheet import Sheet

_LISTS = (*sheets.LISTS, "image_urls")
_TAKEN = (*sheets.WRITTEN, *sheets.PREFERENCES, "latitude", "longitude")


class ListingSheet(Sheet):
    """A row with an `id` changes that listing, one without is a new one of its `owner`.

    Only columns that are there are written; an empty cell empties. With `updated_at`, a listing that was changed since
    the file was made is left alone.
    """

    columns = sheets.COLUMNS

    def prepare(self) -> None:
        """The vocabulary."""
        self._amenities = sheets.name_amenities()

    def rows(self, pk: int) -> Any:
        """The listing."""
        return sheets.get_row(pk)

    def write(self, said: dict[str, str], present: dict[str, Any] | None) -> Property:
        """Through the services."""
        given = self._given(said)
        if not said.get("id"):
            body = parsing.body(writing.PropertyIn, {name: value for name, value in given.items() if value})
            return listings.create_property(actor=self.actor, values=body, owner_id=_owner(said))
        if present is None:
            raise Invalid.field("id", f"There is no listing {said['id'][:40]}.")
        _insist_on_owner(said, cells.text(present["owner"]))
        return listings.update_property(
            actor=self.actor,
            property_id=int(said["id"]),
            changes=parsing.body(writing.PropertyUpdateIn, given),
            seen_at=_moment(said),
        )

    def _given(self, said: dict[str, str]) -> dict[str, Any]:
        """The fields of a body; a blank is null."""
        given: dict[str, Any] = {name: said[name] or None for name in _TAKEN if name in said}
        given |= {name: cells.split(said[name]) for name in _LISTS if name in said}
        if "amenities" in said:
            given["amenity_ids"] = [self._amenity(title) for title in cells.split(said["amenities"])]
        return given

    def _amenity(self, title: str) -> int:
        found = self._amenities.get(title.lower())
        if found is None:
            raise Invalid.field("amenities", f"There is no amenity called {title[:80]!r}.")
        return found


def _owner(said: dict[str, str]) -> int:
    if not said.get("owner"):
        raise Invalid.field("owner", "Whose listing it is: a phone or an email.")
    return feeds.system_find_owner(said["owner"]).pk


def _insist_on_owner(said: dict[str, str], present: str) -> None:
    named = said.get("owner")
    if not named or named == present:
        return
    owner = feeds.system_find_owner(named)
    if present not in (owner.phone, owner.email):
        raise Invalid.field("owner", "A listing does not change its owner by a file.")


def _moment(said: dict[str, str]) -> datetime | None:
    if not said.get("updated_at"):
        return None
    try:
        return datetime.fromisoformat(said["updated_at"])
    except ValueError as wrong:
        raise Invalid.field("updated_at", "As it was exported, or nothing.") from wrong
