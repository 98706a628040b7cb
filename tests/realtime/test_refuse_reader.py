"""A stream that cannot begin is refused like any other request: the envelope, with the headers of every answer."""

import http.client
from urllib.parse import urlsplit

import pytest

from tests.kernel.asgi.live import PATIENCE_S, free_port, until
from tests.realtime.reader import PATH, Reader
from tests.support import issuer

ORIGIN = "http://localhost:5173"


def status(base, token):
    with Reader(base, token=token) as reader:
        return reader.status


def refusal(reader):
    error = reader.json()["error"]
    return reader.status, error["code"]


@pytest.mark.parametrize(
    ("headers", "code"),
    [
        ({}, "AUTH_HEADER_MISSING"),
        ({"Authorization": "Bearer nonsense"}, "TOKEN_INVALID"),
        ({"Authorization": "Basic abc"}, "INVALID_AUTH_SCHEME"),
    ],
)
def test_without_a_good_token_it_is_401(base, headers, code):
    with Reader(base, **headers) as reader:
        assert refusal(reader) == (401, code)
        assert reader.headers["WWW-Authenticate"].startswith("Bearer")


def test_an_expired_token_is_401(base, person):
    with Reader(base, token=issuer.token_for(person, exp=issuer.in_seconds(-60))) as reader:
        assert refusal(reader) == (401, "TOKEN_INVALID")


def test_a_suspended_person_is_403(base, suspended):
    with Reader(base, token=issuer.token_for(suspended)) as reader:
        assert refusal(reader) == (403, "USER_INACTIVE")


@pytest.mark.parametrize("place", ["yesterday", "5", "99999999999999999999-0", "-1-0", "1-0-0"])
def test_a_place_that_is_none_is_422_and_named(base, token, place):
    with Reader(base, token=token, last=place) as reader:
        assert reader.status == 422
        assert reader.json()["detail"][0]["loc"] == ["query", "last_event_id"]


def test_another_method_is_405(base):
    connection = http.client.HTTPConnection(urlsplit(base).netloc, timeout=PATIENCE_S)
    connection.request("POST", PATH, b"{}")
    answer = connection.getresponse()
    assert (answer.status, answer.headers["Allow"]) == (405, "GET")
    connection.close()


def test_a_browser_may_read_the_answer_and_its_refusal(base, token):
    for given in (token, "nonsense"):
        with Reader(base, token=given, Origin=ORIGIN) as reader:
            assert reader.headers["Access-Control-Allow-Origin"] == ORIGIN
            assert reader.headers["Access-Control-Allow-Credentials"] == "true"
            assert "x-request-id" in reader.headers["Access-Control-Expose-Headers"]


def test_a_foreign_page_may_not(base, token):
    with Reader(base, token=token, Origin="https://elsewhere.example") as reader:
        assert "Access-Control-Allow-Origin" not in reader.headers


def test_it_carries_the_headers_that_every_answer_has(base, token, api):
    with Reader(base, token=token, X_Request_ID="reader-0001") as reader:
        assert reader.headers["X-Request-ID"] == "reader-0001"
        usual = api.get("/api/v1/users/me", headers={"Origin": ORIGIN})
        for name in ("X-Content-Type-Options", "Referrer-Policy", "X-Frame-Options", "Content-Security-Policy"):
            assert reader.headers[name] == usual.headers[name]


def test_one_more_than_there_is_room_for_is_503(serve, token):
    with serve(SSE_MOST="2") as (base, _):
        with Reader(base, token=token) as first, Reader(base, token=token):
            with Reader(base, token=token) as refused:
                assert refusal(refused) == (503, "TOO_MANY_STREAMS")
                assert refused.headers["Retry-After"] == "5"
            first.frame()
        until(lambda: status(base, token) == 200)  # the server hears of a closed connection by and by


def test_without_redis_it_is_503(serve, token):
    with serve(REDIS_URL=f"redis://127.0.0.1:{free_port()}/0") as (base, _), Reader(base, token=token) as reader:
        assert refusal(reader) == (503, "REALTIME_UNAVAILABLE")


def test_when_the_provider_is_away_it_is_503(serve, token):
    with serve(SUPABASE_URL=f"http://127.0.0.1:{free_port()}") as (base, _), Reader(base, token=token) as reader:
        assert refusal(reader) == (503, "AUTH_PROVIDER_UNREACHABLE")
