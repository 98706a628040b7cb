"""Routes of areas stand behind shared prefixes, and every address still leads where its area says."""

from django.urls import URLResolver, get_resolver, path, resolve

from config.areas import modules
from config.routes import under_shared_prefixes


def view(request):
    """Nothing."""


def test_routes_below_one_prefix_become_one_entry():
    grouped = under_shared_prefixes([path("api/v1/a", view), path("api/v1/a/x", view), path("api/v1/a/<int:n>", view)])
    assert [str(entry.pattern) for entry in grouped] == ["api/v1/a", "api/v1/a/"]
    assert [str(inside.pattern) for inside in grouped[1].url_patterns] == ["x", "<int:n>"]


def test_every_plain_address_leads_to_the_view_of_its_area():
    for urls in modules("urls"):
        for pattern in urls.urlpatterns:
            if "<" not in str(pattern.pattern):
                found = resolve(f"/{pattern.pattern}")
                assert found.func is pattern.callback
                assert found.route == str(pattern.pattern)


def test_the_first_level_stays_short():
    areas = [entry for entry in get_resolver().url_patterns if isinstance(entry, URLResolver)]
    assert any(str(entry.pattern) == "api/v1/properties/" for entry in areas)
