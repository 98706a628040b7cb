"""Browser sign-in: out to the provider and back."""

from django.conf import settings
from rest_framework.request import Request
from rest_framework.response import Response

from apps.identity.serializers import inputs
from apps.identity.services import flows
from apps.identity.views.base import OPEN, IdentityView, Values, redirect
from ghar.api.views import operation

COOKIE = "ghar_sign_in"
COOKIE_PATH = "/auth/v1"


class Authorize(IdentityView):
    @operation("begin_browser_sign_in", **OPEN, query=inputs.AuthorizeIn)
    def get(self, request: Request, query: Values) -> Response:
        """Send the browser to its provider."""
        way = flows.begin_flow(
            actor=self.visitor,
            provider=query["provider"],
            redirect_to=query["redirect_to"],
            challenge=query["code_challenge"],
            challenge_method=query["code_challenge_method"],
        )
        answer = redirect(way.url)
        answer.set_cookie(
            COOKIE,
            way.state,
            max_age=int(flows.LIFE.total_seconds()),
            path=COOKIE_PATH,
            secure=settings.PUBLIC_BASE_URL.startswith("https://"),
            httponly=True,
            samesite="Lax",
        )
        return answer


class Callback(IdentityView):
    @operation("finish_browser_sign_in", **OPEN, query=inputs.CallbackIn)
    def get(self, request: Request, query: Values) -> Response:
        """Take the browser back from its provider and send it to its page."""
        target = flows.finish_flow(
            actor=self.visitor,
            state=query["state"],
            browser_state=request.COOKIES.get(COOKIE, ""),
            code=query["code"],
            refusal=query["error"],
        )
        answer = redirect(target)
        answer.delete_cookie(COOKIE, path=COOKIE_PATH)
        return answer
