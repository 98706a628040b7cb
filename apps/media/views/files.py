"""Private files, given to whoever holds a signed link that has not ended."""

from collections.abc import Iterator
from typing import BinaryIO
from uuid import UUID

from django.http import FileResponse, HttpRequest, HttpResponseBase, HttpResponseRedirect, StreamingHttpResponse
from django.views.decorators.http import require_safe

from apps.media.selectors import library, links
from apps.media.services import giving
from apps.media.services.giving import Giving

_BLOCK = 256 * 1024


@require_safe
def give(request: HttpRequest, media_id: UUID, name: str) -> HttpResponseBase:
    """A file or a rendition; a storage that makes links of its own is where the client is sent on to."""
    links.check(
        links.READ,
        f"{media_id}/{name}",
        expires=request.GET.get("expires", ""),
        signature=request.GET.get("signature", ""),
    )
    given = giving.system_give(*library.get_file(media_id, name), part=request.headers.get("Range", ""))
    if given.file is None:
        return HttpResponseRedirect(given.address, headers={"Cache-Control": "private, no-store"})
    answer = _part(given, given.file, given.part) if given.part else _whole(given, given.file)
    answer.headers["Accept-Ranges"] = "bytes"
    answer.headers["Cache-Control"] = "private, max-age=600"
    return answer


def _whole(given: Giving, file: BinaryIO) -> HttpResponseBase:
    return FileResponse(file, content_type=given.content_type, as_attachment=given.is_document, filename=given.name)


def _part(given: Giving, file: BinaryIO, part: tuple[int, int]) -> HttpResponseBase:
    begin, end = part
    headers = {"Content-Range": f"bytes {begin}-{end}/{given.size}", "Content-Length": str(end - begin + 1)}
    return StreamingHttpResponse(
        _read(file, begin, end - begin + 1), status=206, content_type=given.content_type, headers=headers
    )


def _read(file: BinaryIO, begin: int, length: int) -> Iterator[bytes]:
    with file:
        file.seek(begin)
        while length > 0 and (block := file.read(min(_BLOCK, length))):
            length -= len(block)
            yield block
