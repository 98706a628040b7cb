"""The consent page: who asks for what, and a person who proves who they are and says yes or no.

It keeps no session of its own: nobody stays signed in here.
"""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from apps.oauth import rules, selectors
from apps.oauth.services import consent, signing_in
from ghar import limits
from ghar.actors import ANONYMOUS, Actor
from ghar.errors import DomainError

ATTEMPTS = limits.Limit(30, 300)
"""Answers from one address in five minutes; the identity service counts failures at each person as well."""

SAYS = {
    rules.READ: "See what you see, for instance listings and your visits",
    rules.WRITE: "Act for you, for instance book or cancel a visit",
    rules.OFFLINE: "Stay connected while it is used at least once in 30 days",
}


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def consent_page(request: HttpRequest) -> HttpResponse:
    """Show an app's question, and take the answer."""
    given = request.POST if request.method == "POST" else request.GET
    try:
        question = selectors.get_question(given.get("session", ""))
    except DomainError as gone:
        return render(request, "oauth/gone.html", {"message": gone.message}, status=gone.status)
    if request.method == "POST":
        return _answered(request, question)
    return _page(request, question)


def _answered(request: HttpRequest, question: Any) -> HttpResponse:
    way = request.POST.get("way") or "password"
    try:
        limits.enforce(f"oauth_consent:{limits.client_address(request)}", ATTEMPTS)
        return _WAYS.get(way, _with_password)(request, question)
    except DomainError as refused:
        status = 401 if isinstance(refused, signing_in.SignInRefused) else refused.status
        shown = {"refusal": refused.message, "code_sent": way == "code"}
        return _page(request, question, status=status, **shown)


def _with_password(request: HttpRequest, question: Any) -> HttpResponse:
    person = signing_in.sign_in_with_password(**_who(request), password=request.POST.get("password", "")[:1000])
    return _approved(request, person)


def _with_code(request: HttpRequest, question: Any) -> HttpResponse:
    return _approved(request, signing_in.sign_in_with_code(**_who(request), code=request.POST.get("code", "")[:20]))


def _send_code(request: HttpRequest, question: Any) -> HttpResponse:
    signing_in.send_code(**_who(request))
    return _page(request, question, code_sent=True)


def _deny(request: HttpRequest, question: Any) -> HttpResponse:
    return _back(consent.deny(actor=ANONYMOUS, session=request.POST["session"]))


def _approved(request: HttpRequest, person: Actor) -> HttpResponse:
    return _back(consent.approve(actor=person, session=request.POST["session"]))


_WAYS: dict[str, Callable[[HttpRequest, Any], HttpResponse]] = {
    "password": _with_password,
    "code": _with_code,
    "send_code": _send_code,
    "deny": _deny,
}


def _who(request: HttpRequest) -> dict[str, Any]:
    address = limits.client_address(request)
    return {
        "actor": ANONYMOUS,
        "address": None if address == "unknown" else address,
        "name": request.POST.get("phone", "")[:254].replace("\x00", ""),
    }


def _back(url: str) -> HttpResponse:
    return _allowing(HttpResponse(status=303, headers={"Location": url}), url)


def _page(request: HttpRequest, question: Any, *, status: int = 200, **more: Any) -> HttpResponse:
    values = {
        "app": question.client.name,
        "home": rules.origin_of(question.redirect_uri),
        "for_staff": question.resource == selectors.resources()[1],
        "wishes": [SAYS[scope] for scope in question.scope.split()],
        "session": request.POST.get("session") or request.GET.get("session"),
        "name": request.POST.get("phone", ""),
        **more,
    }
    return _allowing(render(request, "oauth/consent.html", values, status=status), question.redirect_uri)


def _allowing(response: HttpResponse, redirect_uri: str) -> HttpResponse:
    """A browser follows the redirect after a form only where the page's policy lets forms lead."""
    response._csp_update = {"form-action": [rules.origin_of(redirect_uri)]}  # type: ignore[attr-defined]  # django-csp
    return response
