"""A small run of what must lose nothing, against live servers."""

from django.conf import settings
from redis import Redis

from bench.realtime import command, stage
from bench.realtime.cases import Outcome, Size, _note_order
from bench.realtime.ears import Heard

SMALL = Size(streams=20, sockets=10, fan_out=20, rate=100, seconds=1, readers=10, events=100, reconnects=30, notices=40)


def test_everything_holds(name: str) -> None:
    said: list[str] = []
    result = command.run(["idle", "fan-out", "reconnects"], SMALL, said.append, database=name)
    assert [check["text"] for check in result["checks"] if not check["passed"] and "within" not in check["text"]] == []
    figures = {(one["case"], one["server"]): one for one in result["results"]}
    assert set(figures) == {
        ("idle", "granian"),
        ("fan-out", "granian"),
        ("reconnects", "granian"),
        ("reconnects", "daphne"),
    }
    assert figures["idle", "granian"]["told"] == 30
    assert figures["fan-out", "granian"]["worst_ms"] > 0
    assert figures["reconnects", "daphne"]["reconnects"] == 30
    assert len(command.lines(result)) == len(result["checks"])
    assert "idle: open 20 streams ..." in said


def test_everybody_is_told_although_the_provider_fails(name: str) -> None:
    """Of forty, one address is not known and one is answered nonsense."""
    result = command.run(["failing-provider"], SMALL, lambda _: None, database=name)
    assert [check["text"] for check in result["checks"] if not check["passed"]] == []
    (figures,) = result["results"]
    assert {key: figures[key] for key in ("told", "sent", "given_up", "parked", "accepted_twice")} == {
        "told": 40, "sent": 38, "given_up": 1, "parked": 1, "accepted_twice": 0,
    }  # fmt: skip


def test_what_is_lost_repeated_or_disordered_is_noticed() -> None:
    outcome = Outcome("planted", "none")
    _note_order(outcome, [Heard([0, 1, 3]), Heard([0, 1, 1, 2, 3]), Heard([0, 2, 1, 3])], 4)
    assert {name: outcome.figures[name] for name in ("lost", "repeated", "out_of_order")} == {
        "lost": 1, "repeated": 1, "out_of_order": 1,
    }  # fmt: skip
    assert not outcome.checks[0].passed


def test_its_redis_database_is_one_that_was_empty_and_is_empty_again(clean_redis: Redis) -> None:
    clean_redis.set("of somebody", "else")
    with stage._own_redis(settings.REDIS_URL) as url:
        own = Redis.from_url(url)
        assert own.dbsize() == 0
        own.set("told", "here")
    assert own.dbsize() == 0
    assert clean_redis.get("of somebody") == b"else"
