"""The OpenAPI document, written from the declarations beside the operations."""

import inspect
from functools import cache
from typing import Any

from drf_spectacular.openapi import AutoSchema
from drf_spectacular.utils import OpenApiParameter, inline_serializer
from rest_framework import serializers

from ghar.api import html, idempotency
from ghar.api.access import Access
from ghar.api.html import HtmlOut
from ghar.api.views import Operation

BEARER = "bearer"
_KEY = OpenApiParameter(
    idempotency.HEADER,
    str,
    OpenApiParameter.HEADER,
    required=False,
    description="The same key with the same request is carried out once, and answered the same for a day.",
)


class WrongField(serializers.Serializer[Any]):
    """One wrong field of a request."""

    loc = serializers.ListField(help_text="Where: `body`, `query` or `path`, then the field.")
    msg = serializers.CharField()
    type = serializers.CharField()


class ErrorBody(serializers.Serializer[Any]):
    """What went wrong."""

    code = serializers.CharField()
    message = serializers.CharField()
    details = serializers.JSONField(required=False)
    path = serializers.CharField(required=False)


class Error(serializers.Serializer[Any]):
    """The one error envelope. `detail` repeats the message for clients that read it there."""

    error = ErrorBody()
    detail = serializers.CharField()


class InvalidRequest(serializers.Serializer[Any]):
    """The envelope of a 422: `detail` lists the wrong fields."""

    error = ErrorBody()
    detail = serializers.JSONField(help_text="A list of wrong fields, or the message.")


class Message(serializers.Serializer[Any]):
    """A sentence for people."""

    message = serializers.CharField()
    success = serializers.BooleanField(default=True)


@cache
def _page_of(shape: Any) -> Any:
    """A page of `shape`; one class for all operations that answer it, so that it is one component."""
    return inline_serializer(
        f"CursorPage{shape.__name__.removesuffix('Out')}",
        {
            "items": shape(many=True),
            "next_cursor": serializers.CharField(allow_null=True),
            "has_more": serializers.BooleanField(),
            "limit": serializers.IntegerField(),
            "total": serializers.IntegerField(allow_null=True),
        },
    )


class OperationSchema(AutoSchema):
    """Reads an operation's declaration; everything else is drf-spectacular's."""

    @property
    def declared(self) -> Operation:
        """The declaration of the method being described."""
        operation: Operation = getattr(self.view, self.method.lower()).operation
        return operation

    def get_operation_id(self) -> str:
        """The declared name; aliases of an operation carry their path."""
        name = self.declared.name
        alias = getattr(self.view, "alias", "")
        return f"{name}_{alias}" if alias else name

    def get_tags(self) -> list[str]:
        """The declared tags."""
        return list(self.declared.tags)

    def get_description(self) -> str:  # type: ignore[override]  # drf-spectacular's own has no parameters either
        """What the method's docstring says after its first line."""
        return self._docstring().partition("\n")[2].strip()

    def get_summary(self) -> str:
        """The first line of the method's docstring."""
        return self._docstring().partition("\n")[0].rstrip(".")

    def _docstring(self) -> str:
        return inspect.getdoc(getattr(self.view, self.method.lower())) or ""

    def get_auth(self) -> list[dict[str, list[str]]]:
        """Bearer where it is needed or helps."""
        access = self.declared.access
        if access in (Access.PUBLIC, Access.KEYED):
            return []
        return [{BEARER: []}, {}] if access is Access.OPTIONAL else [{BEARER: []}]

    def get_override_parameters(self) -> list[Any]:
        """The query serializer, field by field, and the key under which a repetition is recognised."""
        query = [self.declared.query] if self.declared.query else []
        return [*query, _KEY] if self.declared.idempotent else query

    def get_request_serializer(self) -> Any:
        """The body."""
        body = self.declared.body
        if body is not None and self.declared.partial:
            return body(partial=True)
        return body

    def map_parsers(self) -> list[str]:
        """The one type of body that the operation reads."""
        return [str(self.declared.reads.media_type)]

    def get_response_serializers(self) -> Any:
        """The answer, and the errors that the declaration implies."""
        declared = self.declared
        answers = self._successes()
        if (failure := getattr(self.view, "failure", None)) is not None:
            return {**answers, **dict.fromkeys((400, 403, 415, 429, 503), failure)}
        if declared.access not in (Access.PUBLIC, Access.OPTIONAL):
            answers |= {401: Error, 403: Error}
        if "{" in self.path and declared.answer is not HtmlOut:
            answers[404] = Error
        if declared.query or declared.body:
            answers[400] = Error
        answers |= {refusal.status: Error for refusal in declared.refusals}
        answers |= {422: InvalidRequest, 429: Error, 503: Error}
        return answers

    def _successes(self) -> dict[Any, Any]:
        """What is answered when all is well; pages for people have one for each refusal, unless the edge refuses."""
        declared = self.declared
        shape: Any = declared.answer
        if shape is HtmlOut:
            statuses = {declared.status, *(refusal.status for refusal in declared.refusals)}
            return {(status, html.CONTENT_TYPE): str for status in sorted(statuses)}
        return {declared.status: _page_of(shape) if declared.page else shape}

    def _is_list_view(self, serializer: Any = None) -> bool:
        """Lists are declared, never guessed."""
        return isinstance(serializer, serializers.ListSerializer)


def describe_security(result: dict[str, Any], **_: Any) -> dict[str, Any]:
    """Name the bearer scheme that operations refer to."""
    schemes = result.setdefault("components", {}).setdefault("securitySchemes", {})
    schemes[BEARER] = {"type": "http", "scheme": "bearer", "bearerFormat": "JWT"}
    return result
