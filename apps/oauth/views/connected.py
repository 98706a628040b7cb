"""The apps that somebody connected: over REST for those who are signed in, and a page for everybody with a browser.

The page keeps no session: what proves the person travels in its forms, signed, for some minutes.
"""

from collections.abc import Callable
from typing import Any

from django.http import HttpResponse
from django.utils.dateparse import parse_datetime
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_protect
from rest_framework.parsers import FormParser
from rest_framework.request import Request

from apps.oauth import selectors, serializers
from apps.oauth.services import grants, signing_in
from apps.oauth.views import proofs
from ghar.actors import Actor
from ghar.api import html, pages
from ghar.api.access import Access
from ghar.api.failures import CsrfFailed
from ghar.api.pages import MOST, PageIn
from ghar.api.views import View, operation
from ghar.db.listing import Listing
from ghar.errors import DomainError, TooMany

Values = dict[str, Any]
OWN: Any = {"access": Access.SIGNED_IN, "tags": ["oauth"]}
PAGE: Any = {"access": Access.PUBLIC, "tags": ["oauth"], "answer": html.HtmlOut}
ENDED = (selectors.GrantNotFound, grants.GrantOver)
ANSWERED = (*ENDED, signing_in.NameMissing, signing_in.SignInRefused, signing_in.ProofGone, CsrfFailed, TooMany)


class ConnectedApps(View):
    @operation("list_connected_apps", **OWN, query=PageIn, answer=serializers.ConnectedAppOut, page=True)
    def get(self, request: Request, query: Values) -> Listing:
        """The apps that can act for the caller, the latest first."""
        return selectors.list_connected_apps(self.actor)


class OneConnectedApp(View):
    @operation("end_grant", **OWN, answer=None, status=204, refusals=ENDED)
    def delete(self, request: Request, grant_id: int) -> None:
        """Take back what an app was granted; every token of it is refused from now on."""
        grants.end_grant(actor=self.actor, grant_id=grant_id)


@method_decorator([never_cache, csrf_protect], name="dispatch")
class Page(View):
    failure = serializers.FailureOut

    @operation("show_connected_apps", **PAGE)
    def get(self, request: Request) -> HttpResponse:
        """The page where a person sees which apps they connected, once they have signed in."""
        return _sign_in(request, {})

    @operation("answer_connected_apps", **PAGE, body=serializers.ConnectedAppsIn, reads=FormParser, refusals=ANSWERED)
    def post(self, request: Request, body: Values) -> HttpResponse:
        """One step of the page. `way` is password, code, send_code (shows the page again), or revoke with a `grant`;
        the first two prove who the person is, and the page that they lead to carries the `proof` for the last."""
        try:
            return _WAYS.get(body["way"], _with_password)(request, body)
        except DomainError as refused:
            shown = {"refusal": refused.message, "code_sent": body["way"] == "code"}
            return _sign_in(request, body, status=refused.status, **shown)


def _with_password(request: Request, given: Values) -> HttpResponse:
    proofs.count_attempt(request)
    return _list(request, proofs.by_password(request, given))


def _with_code(request: Request, given: Values) -> HttpResponse:
    proofs.count_attempt(request)
    return _list(request, proofs.by_code(request, given))


def _send_code(request: Request, given: Values) -> HttpResponse:
    proofs.count_attempt(request)
    proofs.send_code(request, given)
    return _sign_in(request, given, code_sent=True)


def _revoke(request: Request, given: Values) -> HttpResponse:
    person = signing_in.system_actor_of_proof(given["proof"])
    try:
        ended = grants.end_grant(actor=person, grant_id=given["grant"] or 0)
    except DomainError as refused:
        return _list(request, person, status=refused.status, refusal=refused.message)
    return _list(request, person, ended=ended.client.name)


_WAYS: dict[str, Callable[[Request, Values], HttpResponse]] = {
    "password": _with_password,
    "code": _with_code,
    "send_code": _send_code,
    "revoke": _revoke,
}


def _sign_in(request: Request, given: Values, *, status: int = 200, **more: Any) -> HttpResponse:
    values = {"name": given.get("phone", ""), "verb": "Sign in", **more}
    return html.page(request, "oauth/apps_sign_in.html", values, status=status)


def _list(request: Request, person: Actor, *, status: int = 200, **more: Any) -> HttpResponse:
    first = {"cursor": None, "limit": MOST, "include_total": False}
    apps = pages.read(selectors.list_connected_apps(person), first)["items"]
    values = {"apps": [_dated(app) for app in apps], "proof": signing_in.prove_again(actor=person), **more}
    return html.page(request, "oauth/apps.html", values, status=status)


def _dated(app: Values) -> Values:
    """With moments where the JSON has text."""
    times = {name: app[name] and parse_datetime(app[name]) for name in ("connected_at", "last_used_at")}
    return {**app, **times}
