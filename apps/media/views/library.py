"""People's own files, over REST."""

from typing import Any

from rest_framework.request import Request

from apps.media import serializers
from apps.media.selectors import library, links
from apps.media.services import library as keeping
from ghar.api import pages
from ghar.api.access import Access
from ghar.api.views import View, operation
from ghar.db.json_rows import decode
from ghar.storage.port import StorageFailed

Values = dict[str, Any]
OWN: Any = {"access": Access.SIGNED_IN, "tags": ["upload"]}


class MediaList(View):
    @operation("list_my_media", **OWN, query=serializers.MediaListIn, answer=serializers.MediaFileOut, page=True)
    def get(self, request: Request, query: Values) -> Values:
        """The caller's files, the newest first."""
        page = decode(pages.render(library.list_my_media(self.actor, query), query).body)
        return page | {"items": [links.shown(row) for row in page["items"]]}


class MediaBatch(View):
    @operation("delete_media_batch", **OWN, body=serializers.BatchDeleteIn, answer=serializers.BatchDeleteOut)
    def post(self, request: Request, body: Values) -> Any:
        """Remove files by id or address."""
        result = keeping.delete_batch(actor=self.actor, named=body["media_ids"])
        return serializers.BatchDeleteOut(result).data


class Media(View):
    @operation("get_media", **OWN, answer=serializers.MediaFileOut)
    def get(self, request: Request, media_id: str) -> Values:
        """One of the caller's files."""
        return library.get_media(self.actor, media_id)

    @operation(
        "update_media",
        **OWN,
        body=serializers.MediaUpdateIn,
        answer=serializers.MediaFileOut,
        refusals=(keeping.StillUploading, keeping.MovedMeanwhile, StorageFailed),
    )
    def patch(self, request: Request, media_id: str, body: Values) -> Values:
        """Change the given fields. With another visibility, another circle can read the file from then on."""
        keeping.update_media(actor=self.actor, media_id=media_id, changes=body)
        return library.get_media(self.actor, media_id)

    @operation("delete_media", **OWN, answer=None, status=204)
    def delete(self, request: Request, media_id: str) -> None:
        """Remove a file for good."""
        keeping.delete_media(actor=self.actor, media_id=media_id)
