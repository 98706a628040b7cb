"""A client of the identity protocol."""

import re
from typing import Any

from rest_framework.test import APIClient

from apps.identity.models import OutboxMessage

PHONE = "919810012345"
EMAIL = "asha@example.com"
PASSWORD = "a fine day in Pune"


def code_sent_to(recipient: str) -> str:
    """The newest code that was sent to a phone (without plus) or an email address."""
    text = OutboxMessage.objects.filter(recipient=recipient).latest("created_at").text or ""
    found = re.match(r"\d{6}", text)
    assert found, f"no code in {text!r}"
    return found[0]


def wrong(code: str) -> str:
    """A code that is not this one."""
    return f"{(int(code) + 1) % 1_000_000:06}"


class Wire:
    """Calls `/auth/v1` as supabase-js does."""

    def __init__(self, client: APIClient, **headers: str) -> None:
        self.client = client
        self.headers = {"HTTP_X_SUPABASE_API_VERSION": "2024-01-01", **headers}

    def with_headers(self, **headers: str) -> "Wire":
        """The same client with more headers (WSGI names); None takes one away."""
        merged = {**self.headers, **headers}
        fresh = Wire(self.client)
        fresh.headers = {name: value for name, value in merged.items() if value is not None}
        return fresh

    def bearing(self, token: str) -> "Wire":
        """The same client with an access token."""
        return self.with_headers(HTTP_AUTHORIZATION=f"Bearer {token}")

    def post(self, path: str, body: Any = None, **extra: Any) -> Any:
        """POST JSON."""
        return self.client.post(f"/auth/v1/{path}", body or {}, format="json", **self.headers, **extra)

    def put(self, path: str, body: Any) -> Any:
        """PUT JSON."""
        return self.client.put(f"/auth/v1/{path}", body, format="json", **self.headers)

    def get(self, path: str, **query: Any) -> Any:
        """GET."""
        return self.client.get(f"/auth/v1/{path}", query, **self.headers)

    def delete(self, path: str) -> Any:
        """DELETE."""
        return self.client.delete(f"/auth/v1/{path}", **self.headers)

    def password(self, identifier: str, password: str) -> Any:
        """Sign in with a password."""
        name = "email" if "@" in identifier else "phone"
        return self.post("token?grant_type=password", {name: identifier, "password": password})

    def refresh(self, token: str) -> Any:
        """Use a refresh token."""
        return self.post("token?grant_type=refresh_token", {"refresh_token": token})

    def verify(self, identifier: str, code: str, kind: str | None = None) -> Any:
        """Bring a code back."""
        name = "email" if "@" in identifier else "phone"
        return self.post(
            "verify", {name: identifier, "token": code, "type": kind or ("email" if name == "email" else "sms")}
        )

    def ask_code(self, identifier: str, **more: Any) -> Any:
        """Ask for a sign-in code."""
        name = "email" if "@" in identifier else "phone"
        return self.post("otp", {name: identifier, **more})

    def sign_in(self, identifier: str = PHONE) -> dict[str, Any]:
        """The session of somebody who signs in by code."""
        self.ask_code(identifier)
        session = self.verify(identifier, code_sent_to(identifier)).json()
        assert session["access_token"]
        return session

    def member(self, identifier: str = PHONE, password: str = PASSWORD) -> dict[str, Any]:
        """The session of somebody who has a password as well."""
        session = self.sign_in(identifier)
        answer = self.bearing(session["access_token"]).put("user", {"password": password})
        assert answer.status_code == 200, answer.json()
        return session
