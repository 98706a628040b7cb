"""Routes are found by their first segments, and every address leads where Django would find it one by one."""

import re

import pytest
from django.urls import Resolver404, URLPattern, URLResolver, get_resolver, path, re_path
from django.urls.resolvers import RegexPattern, RoutePattern
from hypothesis import given
from hypothesis import strategies as st

from config.areas import modules
from config.routes import Routes
from config.urls import entries

ONE_BY_ONE = URLResolver(RegexPattern(r"^/"), entries)
FILLED = {"int": "17", "str": "some-words", "slug": "some-words", "uuid": "5f0c2cf4-95a4-4bb7-a1d4-0d9a2f6a8c11"}


def view(request):
    """Nothing."""


def filled(route):
    """A path that belongs to a route."""
    return re.sub(r"<(?:(\w+):)?\w+>", lambda place: FILLED.get(place[1], "some/words"), route)


ROUTES = [str(entry.pattern) for entry in entries if isinstance(entry.pattern, RoutePattern)]
SEGMENTS = sorted({segment for route in ROUTES for segment in filled(route).split("/")} | {"admin", "", "ü", "0"})


def found(resolver, address):
    try:
        match = resolver.resolve(f"/{address}")
    except Resolver404:
        return None
    return match.func, match.kwargs, match.route


@pytest.mark.parametrize("address", sorted({filled(route) for route in ROUTES}))
def test_every_address_leads_where_django_finds_it_one_by_one(address):
    for spelled in (address, f"{address}/", f"{address}/17", address.rpartition("/")[0], address.upper()):
        assert found(get_resolver(), spelled) == found(ONE_BY_ONE, spelled)


@given(st.lists(st.sampled_from(SEGMENTS), max_size=8).map("/".join))
def test_so_does_whatever_is_put_together_from_their_segments(address):
    assert found(get_resolver(), address) == found(ONE_BY_ONE, address)


def test_every_plain_address_leads_to_the_view_of_its_area():
    for urls in modules("urls"):
        for pattern in urls.urlpatterns:
            if "<" not in str(pattern.pattern):
                match = get_resolver().resolve(f"/{pattern.pattern}")
                assert match.func is pattern.callback
                assert match.route == str(pattern.pattern)


def test_a_route_is_found_without_trying_those_of_others():
    tried = []

    class Noted(URLPattern):
        def resolve(self, address):
            tried.append(str(self.pattern))
            return super().resolve(address)

    routes = Routes(
        [
            Noted(RoutePattern(route, is_endpoint=True), view)
            for route in ("a/b/c", "a/c/d/<str:n>", "a/b/c/<int:n>", "a/b/d/<int:n>", "a/b/d/<int:n>/e", "a/b/d/e")
        ]
    )
    assert routes.resolve("a/b/d/7").kwargs == {"n": 7}
    assert tried == ["a/b/d/<int:n>"]


def test_what_was_written_first_is_tried_first():
    def other(request):
        """Nothing either."""

    routes = Routes([path("a/b/c/<str:n>", other), path("a/b/c/d", view), re_path("", view)])
    assert routes.resolve("a/b/c/d").func is other
    assert routes.resolve("a/b/c").func is view


def test_what_nobody_has_is_told_as_django_tells_it():
    with pytest.raises(Resolver404):
        Routes([path("a", view)]).resolve("b")
