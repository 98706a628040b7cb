"""A client app, and how people get into it."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from io import BytesIO
from typing import Any

import httpx2
from django.conf import settings
from PIL import Image

from ghar import clock
from tests.assistant.talk import Answer, read
from tests.identity.wire import code_sent_to
from tests.journeys import node
from tests.journeys.mcp_person import PASSWORD
from tests.kernel.asgi.live import PATIENCE_S


class App:
    """A client app: REST with the token that supabase-js obtained, or as nobody."""

    def __init__(self, base: str, session: dict[str, Any] | None = None) -> None:
        self.base = base
        self.token: str = session["access_token"] if session else ""
        bearer = {"authorization": f"Bearer {self.token}"} if session else {}
        self._http = httpx2.Client(base_url=base, headers=bearer, timeout=PATIENCE_S, trust_env=False)

    def __enter__(self) -> "App":
        return self

    def __exit__(self, *_: object) -> None:
        self._http.close()

    def ask(self, method: str, path: str, **body: Any) -> Any:
        """What a right request answers."""
        answer = self._http.request(method, f"/api/v1/{path}", json=body or None)
        assert answer.status_code == 200, answer.text
        return answer.json()

    def refused(self, method: str, path: str, **body: Any) -> tuple[int, str]:
        """The status and the code with which a request is refused."""
        answer = self._http.request(method, f"/api/v1/{path}", json=body or None)
        return answer.status_code, answer.json()["error"]["code"]

    def upload(self, colour: str) -> str:
        """Upload a picture of one colour; answers where it is read."""
        picture = BytesIO()
        Image.new("RGB", (640, 480), colour).save(picture, "JPEG")
        answer = self._http.post("/api/v1/upload", files={"file": (f"{colour}.jpg", picture.getvalue(), "image/jpeg")},
                                 data={"visibility": "public"})  # fmt: skip
        assert answer.status_code == 200, answer.text
        return str(answer.json()["public_url"])

    def say(self, message: str, conversation_id: int | None = None) -> Answer:
        """One turn with the assistant, read from its stream."""
        body = {"message": message, "conversation_id": conversation_id}
        with self._http.stream("POST", "/api/v1/agent/chat", json=body) as answer:
            assert answer.headers["content-type"].startswith("text/event-stream")
            return read(answer.read())


def sign_in_by_code(supabase: node.Client, phone: str, name: str) -> dict[str, Any]:
    """A new person signs in with a code and chooses a password, which forms will ask for."""
    supabase.call("auth.signInWithOtp", {"phone": f"+{phone}", "options": {"data": {"full_name": name}}})
    data, error = supabase.call("auth.verifyOtp", {"phone": f"+{phone}", "token": code_sent_to(phone), "type": "sms"})
    assert error is None
    assert supabase.call("auth.updateUser", {"password": PASSWORD})[1] is None
    return dict(data["session"])


def sign_in_with_password(base: str, phone: str | None) -> dict[str, Any]:
    """Somebody who has a password."""
    with node.supabase(base, settings.SUPABASE_PUBLISHABLE_KEY) as client:
        data, error = client.call("auth.signInWithPassword", {"phone": phone, "password": PASSWORD})
    assert error is None
    return dict(data["session"])


@contextmanager
def newcomer(base: str, phone: str, name: str) -> Iterator[App]:
    """The app of somebody who has just signed up by code."""
    with node.supabase(base, settings.SUPABASE_PUBLISHABLE_KEY) as client:
        session = sign_in_by_code(client, phone, name)
    with App(base, session) as app:
        yield app


def ten_o_clock(days: int) -> str:
    """Ten in the morning in India, so many days ahead."""
    return (clock.midnight(clock.today() + timedelta(days=days)) + timedelta(hours=10)).isoformat()


def names(events: list[tuple[str, Any]]) -> list[str]:
    """What somebody heard in short: types of notices, visits and listings that changed."""
    return [_name(event, data) for event, data in events]


def _name(event: str, data: Any) -> str:
    if event == "listing_status_changed":
        return f"listing {data['property_id']} {data['change_type']}"
    return str(data.get("type_key") or f"visit {data['visit_id']}")
