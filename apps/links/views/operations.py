"""Links over REST, and the documents that phones read."""

from typing import Any

from rest_framework.request import Request
from rest_framework.response import Response

from apps.links import selectors, serializers
from ghar.api.access import Access
from ghar.api.rendering import shown
from ghar.api.views import View, operation

Values = dict[str, Any]
PUBLIC: Any = {"access": Access.PUBLIC, "tags": ["deeplinks"]}
ONE: Any = {"answer": serializers.LinkOut, "refusals": (selectors.UnknownLink,)}
_AN_HOUR = {"Cache-Control": "public, max-age=3600"}


class LinkApps(View):
    @operation("list_link_apps", **PUBLIC, answer=serializers.AppOut(many=True))
    def get(self, request: Request) -> list[Values]:
        """The client apps that links lead to, and what to in each."""
        return [shown(serializers.AppOut, app) for app in selectors.list_apps()]


class GenerateLink(View):
    @operation("generate_link", **PUBLIC, **ONE, body=serializers.LinkIn)
    def post(self, request: Request, body: Values) -> Values:
        """The addresses of one thing in one app."""
        return shown(serializers.LinkOut, selectors.get_link(**body))


class OneLink(View):
    @operation("get_link", **PUBLIC, **ONE)
    def get(self, request: Request, app_key: str, entity: str, identifier: str) -> Values:
        """The same, by path. The identifier may have slashes."""
        return shown(serializers.LinkOut, selectors.get_link(app_key, entity, identifier))


class AndroidStatements(View):
    @operation("get_android_statements", **PUBLIC, answer=serializers.AndroidStatementOut(many=True))
    def get(self, request: Request) -> Response:
        """Which Android apps open our links."""
        return Response(selectors.android_statements(), headers=_AN_HOUR)


class AppleAssociation(View):
    @operation("get_apple_association", **PUBLIC, answer=serializers.AppleAssociationOut)
    def get(self, request: Request) -> Response:
        """Which iOS apps open our links."""
        return Response(selectors.apple_association(), headers=_AN_HOUR)
