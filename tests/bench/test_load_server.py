"""The load generator against a small live server."""

import pytest

from bench import load
from bench.workers import Worker


def _job(port: int, *paths: str, most: int | None = 30, connections: int = 3) -> load.Job:
    asked = [load.request(path, port=port) for path in paths]
    return load.Job(port, asked, connections, 30, most=most)


def test_it_counts_every_answer_and_its_bytes(port: int) -> None:
    outcome = load.run(_job(port, "/length"))
    assert outcome.answers >= 30
    assert len(outcome.latencies) == outcome.answers
    assert outcome.received == 5 * outcome.answers
    assert outcome.wrong == []


def test_it_ends_with_its_time(port: int) -> None:
    job = load.Job(port, [load.request("/length", port=port)], 2, 0.05)
    assert load.run(job).elapsed >= 0.05


def test_it_reads_answers_in_chunks(port: int) -> None:
    assert load.fetch(port, load.request("/chunks", port=port)) == (200, b"hello, world")
    assert load.run(_job(port, "/chunks", "/length")).wrong == []


def test_an_answer_that_is_not_a_200_is_reported(port: int) -> None:
    assert load.run(_job(port, "/length", "/refuse")).wrong == ["503: b'hello'"]


def test_an_answer_without_a_length_is_refused(port: int) -> None:
    with pytest.raises(load.BadAnswer, match="without a length"):
        load.run(_job(port, "/bare", connections=1))


def test_it_runs_in_a_process_of_its_own(port: int) -> None:
    worker = Worker("load")
    try:
        worker.begin(load.run, _job(port, "/length"))
        assert worker.result().answers >= 30
        worker.begin(load.run, _job(port, "/bare"))
        with pytest.raises(load.BadAnswer):
            worker.result()
    finally:
        worker.end()
