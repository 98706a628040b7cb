"""Pages for people who follow a link, and for the programs that show what is behind one."""

from typing import Any, TypeVar

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe
from rest_framework.request import Request

from apps.links import selectors, serializers, services
from apps.links.rules.registry import APPS
from ghar.api import html
from ghar.api.access import Access
from ghar.api.views import View, operation
from ghar.errors import NotFound

R = TypeVar("R", bound=HttpResponse)
Values = dict[str, Any]
SHARE: Any = {
    "access": Access.PUBLIC,
    "tags": ["share"],
    "answer": html.HtmlOut,
    "query": serializers.ShareIn,
    "refusals": (selectors.NotShared,),
}
_MINUTES = "public, max-age=300"


@require_safe
def open_link(request: HttpRequest, identifier: str, app_key: str, entity: str) -> HttpResponse:
    """What is behind a link, with ways into the app and to the web."""
    try:
        link = selectors.get_link(app_key, entity, identifier)
    except selectors.UnknownLink as unknown:
        raise NotFound from unknown
    values = {"app": APPS[app_key], "link": link, "page": selectors.find_page(link)}
    return _kept(render(request, "links/listing.html" if values["page"] else "links/open.html", values))


@require_safe
def card(request: HttpRequest, property_id: int) -> HttpResponseBase:
    """A listing's drawn picture. Its tag is what is on it, so whoever has it is not sent it again."""
    wanted = selectors.get_card(property_id)
    tag = f'"{wanted.digest}"'
    response = get_conditional_response(request, etag=tag)
    if response is None:
        response = HttpResponse(services.system_draw_card(wanted), content_type="image/jpeg")
    response["ETag"], response["Cache-Control"] = tag, _MINUTES
    return response


class ShareTour(View):
    @operation("share_tour", **SHARE)
    def get(self, request: Request, tour_id: str, query: Values) -> HttpResponse:
        """A tour as it is shown where its address is shared, leading to the tour."""
        return _share(request, "tours", tour_id, query)


class ShareTourByCode(View):
    @operation("share_tour_by_code", **SHARE)
    def get(self, request: Request, code: str, query: Values) -> HttpResponse:
        """The same, by the short code of a tour."""
        return _share(request, "tour-codes", code, query)


class ShareProperty(View):
    @operation("share_property", **SHARE)
    def get(self, request: Request, property_id: str, query: Values) -> HttpResponse:
        """A listing as it is shown where its address is shared, leading to its page."""
        return _share(request, "properties", property_id, query)


def _share(request: Request, kind: str, name: str, query: Values) -> HttpResponse:
    try:
        shared = selectors.get_shared(kind, name, redirect=query["redirect"])
    except selectors.NotShared as missing:
        return html.page(request, "links/gone.html", {"message": missing.message}, status=missing.status)
    return _kept(html.page(request, "links/share.html", {"preview": shared.preview, "target": shared.target}))


def _kept(response: R) -> R:
    """Kept for minutes; pictures may come from anywhere."""
    response["Cache-Control"] = _MINUTES
    response._csp_update = settings.SHARE_SECURITY_POLICY  # type: ignore[attr-defined]  # django-csp reads it
    return response
