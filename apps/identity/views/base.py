"""What every view of this area shares: its switch, its version header, and who is at the door."""

from typing import Any

from django.conf import settings
from rest_framework.response import Response

from apps.identity import rules, selectors
from apps.identity.serializers import failures, outputs
from apps.identity.services.sessions import Grant
from apps.identity.services.visitors import Visitor
from ghar import limits
from ghar.api.access import Access
from ghar.api.views import View
from ghar.errors import NotAllowed, NotFound, NotSignedIn

Values = dict[str, Any]
OPEN: Any = {"access": Access.PUBLIC, "tags": ["identity"], "answer": None}
KEYED: Any = {"access": Access.KEYED, "tags": ["identity"], "answer": None}


class SecretKeyMissing(NotSignedIn):
    """No key came."""

    code = "no_authorization"
    message = "This endpoint requires the secret key"


class SecretKeyWrong(NotAllowed):
    """The key is not the secret one."""

    code = "not_admin"
    message = "User not allowed"


class IdentityView(View):
    """An operation of the identity protocol; 404 where this deployment uses another provider.

    The protocol has its own documentation and error bodies, so it stays out of the OpenAPI document.
    """

    schema = None
    visitor = Visitor()

    def initial(self, request: Any, *args: Any, **kwargs: Any) -> None:
        """Refuse when switched off, count the call, and note where it comes from."""
        if not settings.IDENTITY_EMBEDDED:
            raise NotFound("There is no such path.")
        super().initial(request, *args, **kwargs)
        self.visitor = self.seen(request)

    def seen(self, request: Any) -> Visitor:
        """Who is calling."""
        address = limits.client_address(request._request)
        return Visitor(rules.address_or_none(address), request.META.get("HTTP_USER_AGENT", ""))

    def finalize_response(self, request: Any, response: Any, *args: Any, **kwargs: Any) -> Any:
        """Name the protocol version to clients that asked for one."""
        if failures.speaks_new_form(request):
            response.headers[failures.VERSION_HEADER] = failures.VERSION
        return super().finalize_response(request, response, *args, **kwargs)


class HolderView(IdentityView):
    """An operation for whoever holds an access token of a living session."""

    def seen(self, request: Any) -> Visitor:
        """The caller with account and session. Raises what `selectors.get_holder` raises."""
        holder = selectors.get_holder(request.META.get("HTTP_AUTHORIZATION"))
        caller = super().seen(request)
        return Visitor(caller.address, caller.user_agent, holder)


class SecretView(IdentityView):
    """An operation for server-side callers, who bring the secret key as `apikey` or as bearer."""

    def seen(self, request: Any) -> Visitor:
        """The caller. Raises SecretKeyMissing or SecretKeyWrong."""
        bearer = request.META.get("HTTP_AUTHORIZATION", "").partition(" ")[2].strip()
        given = [key for key in (request.META.get("HTTP_APIKEY", ""), bearer) if key]
        if not given:
            raise SecretKeyMissing
        if not any(rules.same(key, settings.SUPABASE_SECRET_KEY) for key in given):
            raise SecretKeyWrong
        return super().seen(request)


def grant(granted: Grant) -> Values:
    """A session on the wire."""
    return dict(outputs.GrantOut(granted).data)


def redirect(url: str) -> Response:
    """Send a browser on, to app schemes too."""
    return Response(None, status=302, headers={"Location": url, "Cache-Control": "no-store"})
