"""The chat as a stream, from a live server: frames as they come, and a turn that outlives its client."""

import json
from collections.abc import Callable
from typing import Any

import httpx2
import pytest
from django.db import connection

from apps.assistant.models import Message
from tests.assistant.talk import read
from tests.kernel.asgi.live import SERVERS, until
from tests.realtime.conftest import variables
from tests.support import issuer
from tests.support.cast import Cast

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
CHAT = "/api/v1/agent/chat"


@pytest.fixture(params=SERVERS)
def base(request: pytest.FixtureRequest, transactional_db: None, lasting_server: Callable[..., str]) -> str:
    """The address of a running server of each kind."""
    return lasting_server(request.param, **variables())


def headers(user: Any) -> dict[str, str]:
    return {"authorization": f"Bearer {issuer.token_for(user)}", "content-type": "application/json"}


def test_frames_come_and_the_turn_is_kept(base: str) -> None:
    user = Cast().seeker
    with httpx2.stream("POST", f"{base}{CHAT}", json={"message": "hello"}, headers=headers(user)) as answer:
        assert answer.status_code == 200
        assert answer.headers["content-type"].startswith("text/event-stream")
        assert answer.headers["cache-control"] == "no-cache"
        assert answer.headers["x-accel-buffering"] == "no"
        assert answer.headers["x-request-id"]
        frames = read(answer.read())
    assert frames.names == ["conversation_info", "text_chunk", "done"]
    assert Message.objects.filter(conversation_id=frames.only("done")["conversation_id"]).count() == 2
    guest = httpx2.post(f"{base}{CHAT}-public/", json={"message": "hello"})
    assert read(guest.content).names == ["text_chunk", "done"]


def test_a_turn_ends_after_its_client_has_left(base: str) -> None:
    user = Cast().seeker
    with httpx2.stream("POST", f"{base}{CHAT}", json={"message": "3 bhk"}, headers=headers(user)) as answer:
        next(answer.iter_lines())
    until(lambda: list(Message.objects.order_by("pk").values_list("role", flat=True))[-1:] == ["assistant"])
    assert Message.objects.filter(role="tool").count() == 1


def test_refusals_come_before_the_stream(base: str) -> None:
    assert httpx2.post(f"{base}{CHAT}", json={"message": "hello"}).status_code == 401
    wrong = httpx2.post(f"{base}{CHAT}", content=b"{", headers=headers(Cast().seeker))
    assert (wrong.status_code, wrong.json()["error"]["code"]) == (422, "VALIDATION_ERROR")
    assert httpx2.get(f"{base}{CHAT}").status_code == 405
    statuses = [httpx2.post(f"{base}{CHAT}-public", json={"message": "hello"}).status_code for _ in range(11)]
    assert statuses == [200] * 10 + [429]
    assert json.loads(wrong.content)["detail"]


def test_a_stream_leaves_no_connection(base: str) -> None:
    user = Cast().seeker
    httpx2.post(f"{base}{CHAT}", json={"message": "3 bhk"}, headers=headers(user))

    def idle() -> bool:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() "
                "AND state = 'idle in transaction'"
            )
            return cursor.fetchone()[0] == 0

    until(idle)
