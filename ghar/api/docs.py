"""The OpenAPI document and the pages that show it. Everything they load comes from this deployment."""

import hashlib
import threading
from functools import cache
from typing import Any

from csp.decorators import csp_update
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.views.decorators.http import etag
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.renderers import OpenApiYamlRenderer
from drf_spectacular.settings import spectacular_settings

from ghar.api.rendering import dumps

DOCUMENT = "/openapi.json"
_STYLES = {"style-src": "'unsafe-inline'"}  # Redoc and Scalar write their style sheets themselves
_once = threading.Lock()


@cache
def _schema() -> dict[str, Any]:
    schema: dict[str, Any] = SchemaGenerator().get_schema(request=None, public=True)
    return schema


@cache
def _json() -> bytes:
    return dumps(_schema())


@cache
def _yaml() -> bytes:
    text: bytes = OpenApiYamlRenderer().render(_schema(), renderer_context={})
    return text


def _tag(*_: Any) -> str:
    """The document changes with the code only, so it is made once a process; the lock is for the first callers."""
    with _once:
        return f'"{hashlib.sha256(_json()).hexdigest()[:32]}"'


@etag(_tag)
def openapi_json(request: HttpRequest) -> HttpResponse:
    """The document as JSON."""
    return HttpResponse(_json(), content_type="application/json", headers={"Cache-Control": "no-cache"})


@etag(_tag)
def openapi_yaml(request: HttpRequest) -> HttpResponse:
    """The document as a YAML file to download."""
    with _once:
        body = _yaml()
    headers = {"Cache-Control": "no-cache", "Content-Disposition": 'attachment; filename="ghar-openapi-spec.yaml"'}
    return HttpResponse(body, content_type="application/x-yaml", headers=headers)


def _page(request: HttpRequest, template: str) -> HttpResponse:
    return render(request, template, {"document": DOCUMENT, "title": spectacular_settings.TITLE})


def swagger(request: HttpRequest) -> HttpResponse:
    """Swagger UI: try operations out."""
    return _page(request, "docs/swagger.html")


@csp_update(_STYLES | {"worker-src": "blob:"})  # its search is a worker made of a blob
def redoc(request: HttpRequest) -> HttpResponse:
    """Redoc: read."""
    return _page(request, "docs/redoc.html")


@csp_update(_STYLES)
def scalar(request: HttpRequest) -> HttpResponse:
    """Scalar: read, try out, copy code."""
    return _page(request, "docs/scalar.html")


urlpatterns = [
    path("openapi.json", openapi_json),
    path("api/v1/openapi.json", openapi_json),
    path("api/v1/openapi.yaml", openapi_yaml),
    path("docs", swagger),
    path("api/v1/docs", swagger),
    path("redoc", redoc),
    path("api/v1/redoc", redoc),
    path("reference", scalar),
]
