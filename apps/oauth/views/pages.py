"""The consent page: who asks for what, and a person who proves who they are and says yes or no.

It keeps no session of its own: nobody stays signed in here.
"""

from collections.abc import Callable
from typing import Any

from django.http import HttpResponse
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_protect
from rest_framework.parsers import FormParser
from rest_framework.request import Request
from rest_framework.response import Response

from apps.oauth import rules, selectors, serializers
from apps.oauth.services import consent, signing_in
from apps.oauth.views import proofs
from ghar.actors import ANONYMOUS, Actor
from ghar.api import html
from ghar.api.access import Access
from ghar.api.failures import CsrfFailed
from ghar.api.views import View, operation
from ghar.errors import DomainError, TooMany

Values = dict[str, Any]
PAGE: Any = {"access": Access.PUBLIC, "tags": ["oauth"], "answer": html.HtmlOut}

ANSWERED = (
    selectors.QuestionGone,
    signing_in.NameMissing,
    signing_in.SignInRefused,
    consent.StaffOnly,
    CsrfFailed,
    TooMany,
)


@method_decorator([never_cache, csrf_protect], name="dispatch")
class Consent(View):
    failure = serializers.FailureOut

    @operation("show_consent", **PAGE, query=serializers.ConsentIn, refusals=(selectors.QuestionGone,))
    def get(self, request: Request, query: Values) -> HttpResponse:
        """The page that asks a person whether an app may act for them."""
        return _about(request, query, _page)

    @operation("answer_consent", **PAGE, body=serializers.AnswerIn, reads=FormParser, refusals=ANSWERED)
    def post(self, request: Request, body: Values) -> HttpResponse:
        """A person's answer. `way` is password, code, send_code (shows the page again) or deny; all but the last two
        prove who they are. Leads the browser back to the app (303)."""
        return _about(request, body, _answered)


Answer = Callable[[Request, Any, Values], HttpResponse]


def _about(request: Request, given: Values, answer: Answer) -> HttpResponse:
    """Answer about the question of that session, if it is still open."""
    try:
        question = selectors.get_question(given["session"])
    except DomainError as gone:
        return html.page(request, "oauth/gone.html", {"message": gone.message}, status=gone.status)
    return answer(request, question, given)


def _answered(request: Request, question: Any, given: Values) -> HttpResponse:
    try:
        proofs.count_attempt(request)
        return _WAYS.get(given["way"], _with_password)(request, question, given)
    except DomainError as refused:
        shown = {"refusal": refused.message, "code_sent": given["way"] == "code"}
        return _page(request, question, given, status=refused.status, **shown)


def _with_password(request: Request, question: Any, given: Values) -> HttpResponse:
    return _approved(given, proofs.by_password(request, given))


def _with_code(request: Request, question: Any, given: Values) -> HttpResponse:
    return _approved(given, proofs.by_code(request, given))


def _send_code(request: Request, question: Any, given: Values) -> HttpResponse:
    proofs.send_code(request, given)
    return _page(request, question, given, code_sent=True)


def _deny(request: Request, question: Any, given: Values) -> HttpResponse:
    return _back(consent.deny(actor=ANONYMOUS, session=given["session"]))


def _approved(given: Values, person: Actor) -> HttpResponse:
    return _back(consent.approve(actor=person, session=given["session"]))


_WAYS: dict[str, Answer] = {
    "password": _with_password,
    "code": _with_code,
    "send_code": _send_code,
    "deny": _deny,
}


def _back(url: str) -> HttpResponse:
    return _allowing(Response(None, status=303, headers={"Location": url}), url)


def _page(request: Request, question: Any, given: Values, *, status: int = 200, **more: Any) -> HttpResponse:
    values = {
        "app": question.client.name,
        "host": rules.host_of(question.client.client_id),
        "on_this_machine": rules.is_on_this_machine(question.redirect_uri),
        "home": rules.origin_of(question.redirect_uri),
        "for_staff": question.resource == selectors.resources()[1],
        "wishes": [rules.MEANS[scope] for scope in question.scope.split()],
        "session": given["session"],
        "name": given.get("phone", ""),
        "verb": "Sign in and allow",
        **more,
    }
    return _allowing(html.page(request, "oauth/consent.html", values, status=status), question.redirect_uri)


def _allowing(response: HttpResponse, redirect_uri: str) -> HttpResponse:
    """A browser follows the redirect after a form only where the page's policy lets forms lead."""
    response._csp_update = {"form-action": [rules.origin_of(redirect_uri)]}  # type: ignore[attr-defined]  # django-csp
    return response
