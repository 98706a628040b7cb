"""What every answer carries: an id, security headers, cache rules, CORS."""

import pytest

from apps.properties.models import Property
from ghar.middleware import cache_control
from tests.support.listings import make_listing

pytestmark = pytest.mark.django_db
LIST = "/api/v1/properties"


def test_a_sane_request_id_is_kept(api):
    assert api.get("/health", headers={"X-Request-ID": "abc-123.DEF_4"}).headers["X-Request-ID"] == "abc-123.DEF_4"


@pytest.mark.parametrize("given", ["short", "x" * 129, "a b c d e f", "<script>alert</script>", "é" * 10])
def test_any_other_request_id_is_replaced(api, given):
    made = api.get("/health", headers={"X-Request-ID": given}).headers["X-Request-ID"]
    assert made != given
    assert len(made) == 36


def test_security_headers(api):
    headers = api.get(LIST).headers
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "strict-origin-when-cross-origin"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Content-Security-Policy"] == "default-src 'none'; frame-ancestors 'none'"


def test_pages_have_the_policy_of_the_settings(api):
    policy = api.get("/admin/login/").headers["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "frame-ancestors 'none'" in policy


def test_anonymous_reads_may_be_cached(cast, api):
    make_listing(cast.owner)
    answer = api.get(LIST)
    assert answer.headers["Cache-Control"] == "public, max-age=300, s-maxage=300, stale-while-revalidate=600"
    assert {"Authorization", "Accept-Encoding"} <= {part.strip() for part in answer.headers["Vary"].split(",")}
    again = api.get(LIST, headers={"If-None-Match": answer.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    make_listing(cast.owner)
    assert api.get(LIST, headers={"If-None-Match": answer.headers["ETag"]}).status_code == 200


def test_a_change_at_the_end_of_a_long_page_is_another_version(cast, api):
    oldest, *_ = [make_listing(cast.owner, description="words " * 400) for _ in range(8)]
    before = api.get(LIST)
    assert len(before.content) > 3 * cache_control.PIECE
    Property.objects.filter(pk=oldest.pk).update(description="words " * 399 + "Words ")
    after = api.get(LIST)
    assert before.content[: 3 * cache_control.PIECE] == after.content[: 3 * cache_control.PIECE]
    assert before.headers["ETag"] != after.headers["ETag"]


def test_cross_origin_reads_still_vary_by_authorization(api):
    vary = api.get(LIST, headers={"Origin": "http://localhost:5173"}).headers["Vary"]
    assert {"Authorization", "origin"} <= {part.strip() for part in vary.split(",")}


def test_reads_of_somebody_may_not(cast, api):
    for path in (LIST, "/api/v1/users/me"):
        headers = api.as_(cast.seeker).get(path).headers
        assert headers["Cache-Control"] == "private, no-store"
    assert "ETag" not in headers


def test_failures_are_not_cached(api):
    assert "max-age" not in api.get(f"{LIST}/999999").headers.get("Cache-Control", "")


def test_a_preflight(api):
    answer = api.options(
        LIST,
        headers={
            "Origin": "http://127.0.0.1:55179",
            "Access-Control-Request-Method": "PATCH",
            "Access-Control-Request-Headers": "authorization, apikey, idempotency-key",
        },
    )
    headers = answer.headers
    assert headers["Access-Control-Allow-Origin"] == "http://127.0.0.1:55179"
    assert "PATCH" in headers["Access-Control-Allow-Methods"]
    assert {"apikey", "idempotency-key", "last-event-id"} <= set(headers["Access-Control-Allow-Headers"].split(", "))
    assert "X-RateLimit-Limit" not in headers


def test_a_foreign_origin_gets_no_permission(api):
    assert "Access-Control-Allow-Origin" not in api.get(LIST, headers={"Origin": "https://evil.example"}).headers


def test_exposed_headers(api):
    exposed = api.get(LIST, headers={"Origin": "http://localhost"}).headers["Access-Control-Expose-Headers"]
    assert {"x-request-id", "retry-after", "x-supabase-api-version"} <= set(exposed.split(", "))


@pytest.mark.parametrize("path", ["/api/v1/amenities/", "/api/v1/api/v1/amenities", "/api/v1/amenities//", "/health/"])
def test_every_form_of_a_path(api, path):
    assert api.get(path).status_code == 200
