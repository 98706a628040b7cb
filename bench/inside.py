"""The part that runs inside the platform: a signed-in user, and the statements behind each path.

A process of its own: pickled paths in, a pickled `Inside` out.
"""

import pickle
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import django

from bench import load

PHONE = "+919900000001"
NAME = "Bench Resident"


@dataclass(frozen=True)
class Call:
    """A statement as the application gave it to the database, and its parameters."""

    sql: str
    params: Any


@dataclass(frozen=True)
class Inside:
    """`statements`: what each path ran; `options`: the session options of the web role's connections."""

    token: str
    user: int
    options: str
    statements: dict[str, list[Call]]


def look(paths: Sequence[str]) -> Inside:
    """Sign the harness's user in and run every path once as that path's clients do: `me` paths signed in."""
    from django.db import connection  # noqa: PLC0415 - Django is set up first

    token = _sign_in()
    me = _answer("/api/v1/users/me", token, lambda *_: None).json()
    return Inside(
        token=token,
        user=me["id"],
        options=connection.get_connection_params().get("options", ""),
        statements={path: _statements(path) for path in paths},
    )


def _sign_in() -> str:
    from apps.identity.services import administration, sessions  # noqa: PLC0415 - Django is set up first
    from apps.identity.services.visitors import PLATFORM  # noqa: PLC0415

    account = administration.system_ensure_account(phone=PHONE, full_name=NAME)
    return sessions.start_session(actor=PLATFORM, account=account, method="otp").access_token


def _statements(path: str) -> list[Call]:
    calls: list[Call] = []
    _answer(path, None, lambda sql, params: calls.append(Call(sql, params)))
    return calls


def _answer(path: str, token: str | None, note: Callable[[str, Any], Any]) -> Any:
    from django.db import connection  # noqa: PLC0415 - Django is set up first
    from django.test import Client  # noqa: PLC0415

    def wrapper(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        note(sql, params)
        return execute(sql, params, many, context)

    headers = {"authorization": f"Bearer {token}"} if token else {}
    client = Client(SERVER_NAME="127.0.0.1", REMOTE_ADDR=load.SOURCE, headers=headers)
    with connection.execute_wrapper(wrapper):
        response = client.get(path)
    if response.status_code != 200:
        raise SystemExit(f"{path} answered {response.status_code}: {response.content[:500]!r}")
    return response


def main() -> None:
    """Look, for the harness at the other end of the pipes."""
    django.setup()
    pickle.dump(look(pickle.load(sys.stdin.buffer)), sys.stdout.buffer)
