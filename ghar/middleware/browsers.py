"""Sessions, signed-in staff and their messages: for pages in a browser, not for the operations of the API.

An operation knows its caller by a token in a header and by nothing else. To look for a session all the same would
cost a fifth of what a request costs before its view. CSRF is checked everywhere, by Django itself: a form of ours
may stand below any address.
"""

from collections.abc import Awaitable

from django.contrib.auth.middleware import AuthenticationMiddleware
from django.contrib.messages.middleware import MessageMiddleware
from django.contrib.sessions.middleware import SessionMiddleware
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.deprecation import MiddlewareMixin

OPERATIONS = ("/api/", "/health")


class _NotForOperations(MiddlewareMixin):
    def __call__(self, request: HttpRequest) -> HttpResponseBase | Awaitable[HttpResponseBase]:
        if request.path_info.startswith(OPERATIONS):
            return self.get_response(request)
        return super().__call__(request)


class Sessions(_NotForOperations, SessionMiddleware):
    """What a browser's cookie stands for."""


class SignedInStaff(_NotForOperations, AuthenticationMiddleware):
    """Whose session it is: `request.user`."""


class Messages(_NotForOperations, MessageMiddleware):
    """What the next page shows once."""
