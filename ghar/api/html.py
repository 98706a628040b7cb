"""Operations that answer a page for people instead of JSON."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpResponse
from django.template.loader import render_to_string
from rest_framework import serializers
from rest_framework.request import Request

CONTENT_TYPE = "text/html"


class HtmlOut(serializers.Serializer[Any]):
    """A page for people: what an operation declares as its answer; its refusals are pages as well."""


def page(request: Request, template: str, values: Mapping[str, Any], *, status: int = 200) -> HttpResponse:
    """A rendered template."""
    text = render_to_string(template, dict(values), request=request._request)
    return HttpResponse(text.encode(), status=status, content_type=f"{CONTENT_TYPE}; charset=utf-8")
