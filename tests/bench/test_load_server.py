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


def _posts(port: int, count: int) -> list[bytes]:
    headers = {"Content-Type": "text/plain"}
    return [
        load.request("/", port=port, method="POST", headers=headers, body=f"number {number}".encode())
        for number in range(count)
    ]


def test_it_sends_bodies_with_their_type(port: int) -> None:
    assert load.fetch(port, _posts(port, 1)[0]) == (201, b"text/plain number 0")


def test_a_job_that_writes_asks_each_request_once_and_keeps_the_answers(port: int) -> None:
    outcome = load.run(load.Job(port, _posts(port, 100), 3, 30, most=20, writes=True))
    assert outcome.wrong == []
    assert len(outcome.bodies) == outcome.answers >= 20
    assert len(set(outcome.bodies)) == outcome.answers
    assert set(outcome.bodies) <= {f"text/plain number {number}".encode() for number in range(100)}


def test_a_job_that_writes_does_not_begin_again(port: int) -> None:
    outcome = load.run(load.Job(port, _posts(port, 5), 2, 30, most=20, writes=True))
    assert outcome.answers == 5
    assert outcome.wrong[0] == "all of the 5 requests were asked before the time was over"


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
