"""Context variables of the ASGI side are seen in the thread, and nothing passes to the next request."""

from tests.kernel.asgi.application import THREADS
from tests.kernel.asgi.live import Server


def test_a_context_variable_is_seen_in_the_thread(server: Server) -> None:
    assert server.get("/context", {"X-Caller": "tracer"}).json()["caller"] == "tracer"


def test_nothing_a_request_leaves_is_seen_by_the_next(server: Server) -> None:
    answers = [server.get("/context").json() for _ in range(3 * THREADS)]
    assert {answer["caller"] for answer in answers} == {"nobody"}
    assert {answer["thread"][:4] for answer in answers} == {"web-"}
