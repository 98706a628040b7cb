"""Nothing is lost, doubled or out of order, whatever happens to connections; what may be lost is said."""

import threading
import time
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from redis import Redis

from ghar.realtime import entries, publish
from ghar.shared_redis import redis_client, wake_redis
from tests.journeys.cable import Cable
from tests.kernel.asgi.live import SERVERS, free_port
from tests.realtime.conftest import variables
from tests.realtime.reader import Reader

RECONNECTS = 200
EVENTS = 600


def tell(person, count, *, pause=0.0):
    """Publish numbered events."""
    for number in range(count):
        assert publish.to_user(person.id, "visit_updated", {"visit_id": number})
        time.sleep(pause)


def numbers(reader, count):
    """The numbers of the next events."""
    return [reader.event().value()["visit_id"] for _ in range(count)]


def test_two_hundred_reconnects_lose_and_double_nothing(base, person, token):
    with Reader(base, token=token) as reader:
        last = reader.frame().id
    telling = threading.Thread(target=tell, args=(person, EVENTS), kwargs={"pause": 0.005})
    telling.start()
    got: list[int] = []
    for _ in range(RECONNECTS):
        with Reader(base, token=token, last=last) as reader:
            reader.frame()
            if len(got) < EVENTS:
                got += numbers(reader, 1 + len(got) % 3)
            last = reader.last
    with Reader(base, token=token, last=last) as reader:
        got += numbers(reader, EVENTS - len(got))
    telling.join()
    assert got == list(range(EVENTS))


@pytest.fixture(scope="module", params=SERVERS)
def each(request, lasting_server, people):
    """The application under each server in turn."""
    return lasting_server(request.param, **variables())


def test_a_burst_reaches_a_slow_reader_whole(each, person, token):
    with Reader(each, token=token) as reader:
        reader.frame()
        for number in range(300):
            publish.to_user(person.id, "visit_updated", {"visit_id": number, "padding": "x" * 20_000})
        got = []
        for number in range(300):
            got += numbers(reader, 1)
            if number % 50 == 0:
                time.sleep(0.1)
    assert got == list(range(300))


def test_a_reader_who_is_too_slow_loses_the_oldest_and_is_told_so(each, person, token):
    """Nothing is read until 50 MB have been published: more than the sockets between hold."""
    count = 2500
    with Reader(each, token=token) as reader:
        reader.frame()
        for number in range(count):
            publish.to_user(person.id, "visit_updated", {"visit_id": number, "padding": "x" * 20_000})
        frames = [reader.event()]
        while frames[-1].event == "reset" or frames[-1].value()["visit_id"] < count - 1:
            frames.append(reader.event())
    got = [frame.value()["visit_id"] for frame in frames if frame.event != "reset"]
    lost_after = [frame.event for frame in frames].index("reset")
    assert got == sorted(set(got))
    assert got[:lost_after] == list(range(lost_after))
    assert len(got) < count


def test_who_stays_away_too_long_is_told_to_fetch_again(base, person, token):
    with Reader(base, token=token) as reader:
        reader.frame()
        publish.to_user(person.id, "visit_updated", {"visit_id": -1})
        last = reader.event().id
    tell(person, entries.WINDOW + 200)
    with Reader(base, token=token, last=last) as reader:
        assert reader.event().event == "reset"
        first = reader.event().value()["visit_id"]
        got = numbers(reader, entries.WINDOW + 200 - first - 1)
    assert 0 < first <= 200
    assert got == list(range(first + 1, entries.WINDOW + 200))


def test_who_comes_back_after_the_stream_has_gone_is_told_so(base, person, token):
    with Reader(base, token=token, last="1700000000000-0") as reader:
        assert reader.event().event == "reset"


def test_a_stream_is_kept_for_a_day_and_no_longer_than_its_bound(person):
    tell(person, entries.WINDOW + 200)
    key = entries.key(entries.user_stream(person.id))
    assert entries.WINDOW <= redis_client().xlen(key) < entries.WINDOW + 200
    assert 0 < redis_client().ttl(key) <= entries.KEEP_S


def test_a_lost_doorbell_costs_a_delay_and_no_event(base, person, token):
    with Reader(base, token=token) as reader:
        reader.frame()
        kill_subscriptions()
        tell(person, 20, pause=0.1)
        frames = [reader.event() for _ in range(21)]
    assert sorted(frame.event for frame in frames)[:2] == ["reset", "visit_updated"]
    assert [frame.value()["visit_id"] for frame in frames if frame.event != "reset"] == list(range(20))


def kill_subscriptions() -> None:
    client = redis_client()
    for other in client.client_list(_type="pubsub"):
        if str(other["db"]) == urlsplit(settings.REDIS_URL).path.lstrip("/"):
            client.client_kill(other["addr"])


def test_an_outage_of_redis_breaks_no_publisher_and_readers_recover(serve, person, token):
    parts = urlsplit(settings.REDIS_URL)
    cable = Cable(parts.hostname or "", parts.port or 0)
    url = settings.REDIS_URL.replace(f":{parts.port}/", f":{cable.port}/")
    with serve(REDIS_URL=url) as (base, _), Reader(base, token=token) as reader:
        reader.frame()
        cable.cut()
        publish.to_user(person.id, "visit_updated", {"visit_id": 1})
        time.sleep(1)
        cable.mend()
        frames = [reader.event(), reader.event()]
        assert sorted(frame.event for frame in frames) == ["reset", "visit_updated"]
        publish.to_user(person.id, "visit_updated", {"visit_id": 2})
        assert numbers(reader, 1) == [2]
    cable.cut()


def test_while_redis_is_away_an_event_is_lost_and_nobody_fails(person, monkeypatch):
    away = Redis.from_url(f"redis://127.0.0.1:{free_port()}/0")
    monkeypatch.setattr(publish, "redis_client", lambda: away)
    assert [publish.to_user(person.id, "visit_updated", {}) for _ in range(3)] == ["", "", ""]
    publish.end_readers(person.id)
    wake_redis()


def test_an_undeclared_name_is_not_sent(person):
    with pytest.raises(LookupError, match="no_such_event"):
        publish.to_user(person.id, "no_such_event", {})
