"""Operations and the view that runs them.

A view's methods only parse, call and answer:

    class PropertyList(View):
        @operation("list_properties", access=Access.OPTIONAL, tags=["properties"], query=PropertySearchIn,
                   answer=PropertyOut, page=True)
        def get(self, request, query):
            return selectors.search(request.actor, query)

The declaration beside the method is all there is: it admits the actor, reads query and body, renders the page,
limits the rate, retries a read once, and writes the OpenAPI document.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from rest_framework import serializers
from rest_framework.parsers import BaseParser
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from ghar import limits
from ghar.actors import ANONYMOUS, Actor
from ghar.api import idempotency, pages, parsing, rendering
from ghar.api.access import Access, admit
from ghar.db import faults, signing
from ghar.db.listing import Listing
from ghar.errors import DomainError

HTTP_METHODS = ("get", "post", "put", "patch", "delete")
Shape = type[serializers.BaseSerializer[Any]] | serializers.BaseSerializer[Any]

_NEGOTIATOR, _RENDERER = rendering.OnlyJSON(), rendering.JSONRenderer()


@dataclass(frozen=True)
class Operation:
    """The declaration of one operation. `name` is its operation id, and the service or selector it calls.

    A body is JSON, unless `reads` names the parser of forms or files: of another type it is refused with a 415.
    `refusals` names errors that its address, access and input do not let expect; the document and the reference
    tell of them. An `idempotent` operation honours `Idempotency-Key`, and answers
    values, not a response of its own.
    """

    name: str
    access: Access
    tags: tuple[str, ...]
    answer: Shape | None
    query: type[parsing.QueryIn] | None = None
    body: type[serializers.Serializer[Any]] | None = None
    partial: bool = False
    page: bool = False
    status: int = 200
    reads: type[BaseParser] = rendering.JSONParser
    refusals: tuple[type[DomainError], ...] = ()
    limit: limits.Limit | None = None
    idempotent: bool = False


def operation(name: str, *, access: Access, tags: list[str], answer: Shape | None, **rest: Any) -> Callable[[Any], Any]:
    """Declare a view method as an operation. Parsed input arrives as `query` and `body`.

    A method that must set headers or send a browser on answers a response of its own.
    """
    declared = Operation(name=name, access=access, tags=tuple(tags), answer=answer, **rest)

    def declare(method: Callable[..., Any]) -> Callable[..., HttpResponse]:
        produce = faults.read_again_once(_answer) if method.__name__ == "get" else _answer

        @wraps(method)
        def run(view: "View", request: Any, **path: Any) -> HttpResponse:
            values = _inputs(declared, request)

            def respond() -> Any:
                result = produce(declared, method, view, request, path, values)
                is_response = isinstance(result, HttpResponseBase)
                return result if is_response else rendering.answer(result, status=declared.status)

            if method.__name__ == "get":
                return respond()
            with signing.signed(view.actor):
                once = declared.idempotent
                return idempotency.once(view.actor, declared.name, request, respond) if once else respond()

        run.operation = declared  # type: ignore[attr-defined]
        return run

    return declare


def _inputs(declared: Operation, request: Any) -> dict[str, Any]:
    values: dict[str, Any] = {}
    if declared.query is not None:
        said = request._request.META.get("QUERY_STRING", "")
        values["query"] = parsing.query(declared.query, parsing.spelled(said))
    if declared.body is not None:
        values["body"] = parsing.body(declared.body, parsing.said(request), partial=declared.partial)
    return values


def _answer(
    declared: Operation, method: Any, view: "View", request: Any, path: dict[str, Any], values: dict[str, Any]
) -> Any:
    result = method(view, request, **path, **values)
    if isinstance(result, Listing):
        return pages.render(result, values["query"])
    return result


class View(APIView):
    """Base of every API view. A method without `@operation` is refused when the class is made."""

    actor: Actor = ANONYMOUS
    format_kwarg = None
    failure: Shape | None = None  # the body of every refusal, where a foreign protocol has its own
    alias: str = ""  # `as_view(alias="profile")` serves the same operations at a second address

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        undeclared = [
            name for name in HTTP_METHODS if (run := cls.__dict__.get(name)) and not hasattr(run, "operation")
        ]
        if undeclared:
            raise TypeError(
                f"{cls.__module__}.{cls.__name__}: {', '.join(undeclared)} must be declared with @operation"
            )

    @classmethod
    def operations(cls) -> dict[str, Operation]:
        """The operations of this view, by HTTP method."""
        return {name: getattr(cls, name).operation for name in HTTP_METHODS if hasattr(cls, name)}

    def initialize_request(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Request:
        """DRF's request, without what it would ask the view for: nothing is negotiated, and `admit` says who asks."""
        context = {"view": self, "args": args, "kwargs": kwargs}
        declared = self._declared(request)
        parsers = [declared.reads()] if declared else []
        return Request(request, parsers=parsers, negotiator=_NEGOTIATOR, parser_context=context)

    def initial(self, request: Any, *args: Any, **kwargs: Any) -> None:
        """Admit the actor and count the call. Nothing of the body has been read yet, and nothing is negotiated."""
        http = request._request  # DRF's looks there for each attribute that it lacks
        request.accepted_renderer, request.accepted_media_type = _RENDERER, _RENDERER.media_type
        declared = self._declared(http)
        if declared is None:
            return  # DRF answers 405
        request.actor = self.actor = admit(declared.access, http.META.get("HTTP_AUTHORIZATION"))
        limits.count(declared.name, declared.limit, http, self.actor)

    def _declared(self, http: HttpRequest) -> Operation | None:
        declared: Operation | None = getattr(getattr(self, (http.method or "").lower(), None), "operation", None)
        return declared

    def options(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Response:
        """What is allowed here; preflights are answered before this."""
        return Response(None, status=204, headers={"Allow": ", ".join(self.allowed_methods)})
