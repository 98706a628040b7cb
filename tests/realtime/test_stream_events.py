"""A signed-in person is told what happens to them, as server-sent events."""

import subprocess

import pytest
from redis import Redis

from ghar.realtime import publish
from tests.kernel.asgi.live import until
from tests.realtime.reader import PATH, Reader
from tests.support import issuer

PATHS = [PATH, "/api/v1/events/", "/api/v1/notifications/sse", "/api/v1/flatmates/sse"]


def test_what_is_published_arrives_once_with_its_id_name_and_data(reader, person):
    made = publish.to_user(person.id, "visit_updated", {"visit_id": 7, "note": "two\nlines"})
    frame = reader.event()
    assert (frame.id, frame.event, frame.value()) == (made, "visit_updated", {"visit_id": 7, "note": "two\nlines"})


def test_the_first_frame_says_where_the_stream_is_and_when_to_come_back(base, person, token):
    made = publish.to_user(person.id, "visit_updated", {"visit_id": 1})
    with Reader(base, token=token) as reader:
        frame = reader.frame()
    assert (frame.id, frame.retry, frame.event) == (made, "2000", None)


def test_nobody_hears_what_is_meant_for_another(reader, person, stranger):
    publish.to_user(stranger.id, "visit_updated", {"visit_id": 1})
    publish.to_user(person.id, "visit_updated", {"visit_id": 2})
    assert reader.event().value() == {"visit_id": 2}


def test_silence_is_filled_with_comments(reader):
    reader.frame()
    assert reader.frame().comment == "keep-alive"


def test_caches_and_proxies_are_told_to_pass_it_on(reader):
    assert reader.status == 200
    assert reader.headers["Content-Type"] == "text/event-stream; charset=utf-8"
    assert reader.headers["Cache-Control"] == "no-cache"
    assert reader.headers["X-Accel-Buffering"] == "no"


@pytest.mark.parametrize("path", PATHS)
def test_every_address_answers(base, person, token, path):
    with Reader(base, path, token=token) as reader:
        reader.frame()
        publish.to_user(person.id, "new_match", {})
        assert reader.event().event == "new_match"


def test_a_token_in_the_query_serves_those_who_cannot_send_headers(base, person, token):
    with Reader(base, f"{PATH}?token={token}") as reader:
        reader.frame()
        publish.to_user(person.id, "new_match", {})
        assert reader.event().event == "new_match"


def test_it_ends_with_its_token(base, person):
    with Reader(base, token=issuer.token_for(person, exp=issuer.in_seconds(3))) as reader:
        assert reader.rest().startswith(b"retry: 2000\nid: 0-0\n\n")


def test_it_ends_when_the_person_may_no_longer_read(reader, person):
    reader.frame()
    publish.end_readers(person.id)
    assert reader.rest() == b""


def test_another_deployment_on_the_same_redis_server_is_not_heard(reader, person, settings, monkeypatch):
    """Pub/Sub knows no databases, so the bell's name says which one it is for."""
    home = settings.REDIS_URL
    place, _, number = home.rpartition("/")
    settings.REDIS_URL = f"{place}/{(int(number) + 1) % 16}"
    with monkeypatch.context() as elsewhere:
        elsewhere.setattr(publish, "redis_client", lambda: Redis.from_url(settings.REDIS_URL))
        publish.end_readers(person.id)
    settings.REDIS_URL = home
    publish.to_user(person.id, "new_match", {})
    assert reader.event().event == "new_match"


def test_curl_shows_it_as_it_comes(base, person, token):
    command = ["curl", "-sN", "--noproxy", "*", "-H", f"Authorization: Bearer {token}", f"{base}{PATH}"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as curl:
        assert curl.stdout is not None
        assert curl.stdout.readline() == "retry: 2000\n"
        publish.to_user(person.id, "new_message", {"conversation_id": 3})
        lines = [curl.stdout.readline() for _ in range(5)]
        curl.terminate()
    assert lines[3:] == ["event: new_message\n", 'data: {"conversation_id":3}\n']


def test_two_servers_tell_the_same_person(base, person, token, serve):
    with serve("granian") as (other, _), Reader(base, token=token) as one, Reader(other, token=token) as two:
        one.frame(), two.frame()
        publish.to_user(person.id, "visit_updated", {"visit_id": 5})
        assert [one.event().value(), two.event().value()] == [{"visit_id": 5}] * 2


def test_a_reader_who_left_is_forgotten(base, person, token):
    def open_now() -> float:
        page = subprocess.run(["curl", "-s", f"{base}/metrics"], check=True, capture_output=True, text=True)
        lines = [line for line in page.stdout.splitlines() if line.startswith('ghar_realtime_readers{kind="sse"}')]
        return float(lines[0].split()[-1])

    with Reader(base, token=token) as reader:
        reader.frame()
        during = open_now()
    until(lambda: open_now() == during - 1)
