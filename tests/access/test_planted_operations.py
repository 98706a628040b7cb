"""The access test finds what is planted for it."""

from typing import Any

import pytest
from django.http import HttpRequest, HttpResponse
from django.urls import path
from rest_framework.views import APIView

from apps.accounts.models import User
from ghar.api.access import Access
from ghar.api.views import View, operation
from tests.access import people, surface
from tests.access.test_every_operation import findings


class Wide(View):
    """Says that it is for admins and forgets to ask."""

    @operation("wide", access=Access.ADMIN, tags=[], answer=None)
    def get(self, request: Any) -> dict[str, Any]:
        return {}

    def initial(self, request: Any, *args: Any, **kwargs: Any) -> None:
        request.accepted_renderer, request.accepted_media_type = self.perform_content_negotiation(request)


class Narrow(View):
    """Says that it is public and asks for a token."""

    @operation("narrow", access=Access.SIGNED_IN, tags=[], answer=None)
    def get(self, request: Any) -> dict[str, Any]:
        return {}


class Eager(View):
    """Writes before it asks."""

    @operation("eager", access=Access.SIGNED_IN, tags=[], answer=None)
    def post(self, request: Any) -> dict[str, Any]:
        return {}

    def initial(self, request: Any, *args: Any, **kwargs: Any) -> None:
        User.objects.filter(role="nobody").update(full_name="")
        super().initial(request, *args, **kwargs)


class Foreign(APIView):
    """A view that declares nothing."""


def plain(request: HttpRequest) -> HttpResponse:
    return HttpResponse("hello")


urlpatterns = [
    path("wide", Wide.as_view()),
    path("narrow", Narrow.as_view()),
    path("eager", Eager.as_view()),
    path("foreign", Foreign.as_view()),
    path("plain", plain),
]


def call_of(name: str) -> surface.Call:
    return next(call for call in surface.calls(urlpatterns) if call.name == name)


@pytest.fixture(autouse=True)
def planted(settings):
    settings.ROOT_URLCONF = __name__


def test_a_door_wider_than_declared_is_found(cast):
    found = findings(call_of("wide"), people.clients(cast))
    assert len(found) == 7
    assert all("declared 'admin'" in line for line in found)


def test_a_door_narrower_than_declared_is_found(cast):
    call = call_of("narrow")
    declared = surface.Call(call.method, call.route, Access.PUBLIC, call.name)
    found = findings(declared, people.clients(cast))
    assert len(found) == 2
    assert "but anonymous: 401" in found[0]


def test_writing_before_asking_is_found(cast):
    found = findings(call_of("eager"), people.clients(cast))
    assert [line.partition(" after writing")[0] for line in found] == [
        "POST /eager refused anonymous",
        "POST /eager refused suspended",
    ]


def test_addresses_without_a_declaration_are_found():
    assert [line.split()[0] for line in surface.undeclared(urlpatterns)] == ["/foreign", "/plain"]


def test_a_method_without_a_declaration_is_refused_when_the_class_is_made():
    with pytest.raises(TypeError, match="get must be declared"):
        type("Forgetful", (View,), {"get": lambda self, request: None})
