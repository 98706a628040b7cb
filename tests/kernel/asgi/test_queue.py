"""As many views run as there are threads, some requests wait, and the rest are told to come back."""

from concurrent.futures import ThreadPoolExecutor

from tests.kernel.asgi.application import QUEUE, THREADS
from tests.kernel.asgi.live import Server


def test_a_full_line_is_answered_503_at_once(server: Server) -> None:
    with ThreadPoolExecutor(2 * (THREADS + QUEUE)) as clients:
        answers = list(clients.map(server.get, ["/nap?1"] * 2 * (THREADS + QUEUE)))
    refused = [answer for answer in answers if answer.status != 200]
    assert len(answers) - len(refused) == THREADS + QUEUE
    assert {answer.status for answer in refused} == {503}
    assert {answer.headers["Retry-After"] for answer in refused} == {"1"}
    assert refused[0].json()["error"]["code"] == "SERVICE_UNAVAILABLE"
    assert server.get("/x").status == 200
