"""JSON in and out through orjson, and no negotiation: the API speaks JSON."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import IO, Any

import orjson
from django.conf import settings
from django.http import HttpResponse
from rest_framework.exceptions import ParseError
from rest_framework.negotiation import BaseContentNegotiation
from rest_framework.parsers import BaseParser
from rest_framework.renderers import BaseRenderer
from rest_framework.serializers import Serializer

from ghar.errors import BodyTooLarge
from ghar.jsonable import dumps

JSON = "application/json"


@dataclass(frozen=True, slots=True)
class Rendered:
    """A body that is written already. It holds its bytes instead of being them, since Django copies all that is not
    plainly bytes, and a page has a hundred kilobytes."""

    body: bytes


@cache
def _built(shape: type[Serializer[Any]]) -> Serializer[Any]:
    return shape()


def shown(shape: type[Serializer[Any]], value: Any) -> dict[str, Any]:
    """A value as an output serializer shows it. The serializer is built once a process: building the fields of a
    user costs fifteen times what showing them does. It must not depend on a context."""
    return dict(_built(shape).to_representation(value))


def answer(value: Any, *, status: int = 200) -> HttpResponse:
    """A value as the answer of an operation; None is an empty body. DRF's own answer, which may be rendered in several
    ways and later, takes forty calls more."""
    if value is None:
        empty = HttpResponse(status=status)
        del empty["Content-Type"]
        return empty
    body = value.body if isinstance(value, Rendered) else dumps(value)
    return HttpResponse(body, content_type=JSON, status=status)


class JSONRenderer(BaseRenderer):
    """For answers that are made with DRF's `Response`: those with headers of their own, and refusals."""

    media_type = JSON
    format = "json"
    charset = None

    def render(
        self,
        data: Any,
        accepted_media_type: str | None = None,
        renderer_context: Mapping[str, Any] | None = None,
    ) -> bytes:
        """The body's bytes; None is an empty body."""
        return b"" if data is None else dumps(data)


class JSONParser(BaseParser):
    """Reads a JSON body. Broken JSON is a ParseError, which the wire knows as a 422; one over the limit is a 413."""

    media_type = JSON
    renderer_class = JSONRenderer
    most_bytes: int | None = None  # for the few operations whose bodies hold a file; else as for every body

    def parse(
        self, stream: IO[Any], media_type: str | None = None, parser_context: Mapping[str, Any] | None = None
    ) -> Any:
        """The body's value."""
        most = self.most_bytes or settings.DATA_UPLOAD_MAX_MEMORY_SIZE
        body = stream.read(most + 1)
        if len(body) > most:
            raise BodyTooLarge
        if not body:
            return {}
        try:
            return orjson.loads(body)
        except orjson.JSONDecodeError as broken:
            raise ParseError(f"The body is not JSON: {broken}") from broken


class OnlyJSON(BaseContentNegotiation):
    """Answers JSON whatever the Accept header says; parses by the body's type."""

    def select_parser(self, request: Any, parsers: Any) -> Any:
        """The parser of the body's type, if it is the operation's. What has no type at all is JSON, since some clients
        forget it."""
        kind = (request.content_type or "").split(";")[0].strip().lower()
        if kind in ("", "text/plain") or kind.endswith("+json"):
            kind = JSON
        return next((parser for parser in parsers if parser.media_type == kind), None)

    def select_renderer(self, request: Any, renderers: Any, format_suffix: str | None = None) -> Any:
        """The one renderer there is."""
        return renderers[0], renderers[0].media_type
