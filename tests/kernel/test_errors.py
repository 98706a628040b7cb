"""One envelope for every failure, with what existing clients read beside it."""

import pytest

from ghar import errors

pytestmark = pytest.mark.django_db


def test_an_unknown_path(api):
    answer = api.get("/api/v1/nowhere")
    assert answer.status_code == 404
    assert answer.json()["error"]["code"] == "NOT_FOUND"
    assert answer.json()["detail"] == answer.json()["error"]["message"]


def test_a_wrong_method(api):
    answer = api.delete("/api/v1/amenities")
    assert answer.status_code == 405
    assert answer.json()["error"]["code"] == "METHOD_NOT_ALLOWED"
    assert "GET" in answer.headers["Allow"]


def test_broken_json(api, cast):
    answer = api.as_(cast.seeker).put("/api/v1/users/me", "{", content_type="application/json")
    assert answer.status_code == 422
    body = answer.json()
    assert (body["error"]["code"], body["detail"][0]["loc"]) == ("VALIDATION_ERROR", ["body"])


def test_a_foreign_media_type(api, cast):
    answer = api.as_(cast.seeker).put("/api/v1/users/me", "<a/>", content_type="application/xml")
    assert answer.status_code == 415
    assert answer.json()["error"]["code"] == "UNSUPPORTED_MEDIA_TYPE"


def test_a_body_over_the_limit(api, cast, settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1000
    answer = api.as_(cast.seeker).put("/api/v1/users/me", {"full_name": "x" * 2000})
    assert answer.status_code == 413
    assert answer.json()["error"]["code"] == "BODY_TOO_LARGE"


def test_wrong_fields_are_listed_twice(api):
    body = api.get("/api/v1/properties?limit=x&lat=91").json()
    assert body["error"]["details"] == body["detail"]
    assert {tuple(entry["loc"]) for entry in body["detail"]} == {("query", "limit"), ("query", "lat")}
    assert all(entry["msg"] and entry["type"] for entry in body["detail"])


def test_codes_of_401_and_403_stand_in_the_message_too(api):
    error = api.get("/api/v1/users/me").json()["error"]
    assert error["code"] == "AUTH_HEADER_MISSING"
    assert error["message"] == "Authorization header missing (AUTH_HEADER_MISSING)"


def test_a_bug_tells_nothing_but_its_id(api, cast, monkeypatch, settings):
    monkeypatch.setattr("apps.properties.selectors.listings.list_amenities", lambda: 1 / 0)
    api.raise_request_exception = False
    answer = api.get("/api/v1/amenities", headers={"Origin": "http://localhost:5173"})
    assert answer.status_code == 500
    assert answer.json()["error"] == {"code": "INTERNAL_ERROR", "message": "An unexpected error occurred"}
    assert answer.headers["X-Request-ID"]
    assert answer.headers["Access-Control-Allow-Origin"] == "http://localhost:5173"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    settings.DEBUG = True
    assert api.get("/api/v1/amenities").json()["error"]["message"] == "division by zero"


def test_the_path_is_told_in_debug_mode(api, settings):
    settings.DEBUG = True
    assert api.get("/api/v1/nowhere").json()["error"]["path"] == "/api/v1/nowhere"


@pytest.mark.parametrize(
    ("error", "status", "code"),
    [
        (errors.BadRequest(), 400, "BAD_REQUEST"),
        (errors.Conflict(), 409, "CONFLICT"),
        (errors.TooMany(), 429, "RATE_LIMIT_EXCEEDED"),
        (errors.UpstreamFailed(), 502, "EXTERNAL_SERVICE_ERROR"),
        (errors.Unavailable(), 503, "SERVICE_UNAVAILABLE"),
    ],
)
def test_domain_errors(error, status, code):
    assert (error.status, errors.envelope(error)["error"]["code"]) == (status, code)


def test_later_comes_with_a_time():
    assert errors.Unavailable().headers == {"Retry-After": "5"}
    assert errors.NotSignedIn().headers == {"WWW-Authenticate": "Bearer"}
