"""Operations that answer a page for people instead of JSON."""

from collections.abc import Mapping
from typing import Any

from django.template.loader import render_to_string
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from ghar.api.rendering import Rendered

CONTENT_TYPE = "text/html"


class HtmlOut(serializers.Serializer[Any]):
    """A page for people: what an operation declares as its answer; its refusals are pages as well."""


def page(request: Request, template: str, values: Mapping[str, Any], *, status: int = 200) -> Response:
    """A rendered template."""
    text = render_to_string(template, dict(values), request=request._request)
    return Response(Rendered(text.encode()), status=status, content_type=f"{CONTENT_TYPE}; charset=utf-8")
