"""Private files, given to whoever holds a signed link that has not ended."""

from uuid import UUID

from django.http import FileResponse, HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.views.decorators.http import require_safe

from apps.media.selectors import library, links
from apps.media.services import giving


@require_safe
def give(request: HttpRequest, media_id: UUID, name: str) -> HttpResponseBase:
    """A file or a rendition; a storage that makes links of its own is where the client is sent on to."""
    links.check(
        links.READ,
        f"{media_id}/{name}",
        expires=request.GET.get("expires", ""),
        signature=request.GET.get("signature", ""),
    )
    given = giving.system_give(*library.get_file(media_id, name))
    if given.address:
        return HttpResponseRedirect(given.address, headers={"Cache-Control": "private, no-store"})
    answer = FileResponse(
        given.file, content_type=given.content_type, as_attachment=given.is_document, filename=given.name
    )
    answer.headers["Cache-Control"] = "private, max-age=600"
    return answer
