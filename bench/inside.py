"""The part that runs inside the platform: people who are signed in, and the statements behind each path.

A process of its own: a pickled `Wanted` in, a pickled `Inside` out.
"""

import pickle
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import Enum
from functools import partial
from typing import Any

import django

from bench import load, people
from bench.visits import Scene

PHONE = "+919900000001"
NAME = "Bench Resident"


@dataclass(frozen=True)
class Call:
    """A statement as the application gave it to the database, its parameters, and whether it is prepared there."""

    sql: str
    params: Any
    prepared: bool = False


@dataclass(frozen=True)
class Wanted:
    """What is to be looked at: paths, those among them that are asked signed in, and whether people are needed who
    write."""

    paths: Sequence[str]
    scene: bool = False
    signed_in: Sequence[str] = ()


@dataclass(frozen=True)
class Inside:
    """`statements`: what each path ran; `options`: the session options of the web role's connections."""

    token: str
    user: int
    options: str
    statements: dict[str, list[Call]]
    scene: Scene | None = None


def look(wanted: Wanted) -> Inside:
    """Sign the harness's people in and run every path as its clients do: twice, since the first request that a process
    serves may ask what is not asked again for a while."""
    from django.db import connection  # noqa: PLC0415 - Django is set up first

    token, user = sign_in(PHONE, NAME)
    people.take_to(user)
    asking = {path: partial(_answer, path, token if path in wanted.signed_in else None) for path in wanted.paths}
    for ask in asking.values():
        ask()
    return Inside(
        token=token,
        user=user.pk,
        options=connection.get_connection_params().get("options", ""),
        statements={path: calls_of(ask) for path, ask in asking.items()},
        scene=people.scene() if wanted.scene else None,
    )


def sign_in(phone: str, name: str) -> tuple[str, Any]:
    """A person's token and their row, made when they are not there."""
    from apps.accounts.models import User  # noqa: PLC0415 - Django is set up first
    from apps.identity.services import administration, sessions  # noqa: PLC0415
    from apps.identity.services.visitors import PLATFORM  # noqa: PLC0415

    account = administration.system_ensure_account(phone=phone, full_name=name)
    token = sessions.start_session(actor=PLATFORM, account=account, method="otp").access_token
    me = _answer("/api/v1/users/me", token).json()
    return token, User.objects.get(pk=me["id"])


def calls_of(action: Callable[[], Any]) -> list[Call]:
    """The statements that an action runs."""
    from django.db import connection  # noqa: PLC0415 - Django is set up first

    calls: list[Call] = []

    def wrapper(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        calls.append(Call(sql, _plain(params), context.get("prepared", False)))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(wrapper):
        action()
    return calls


def _plain(value: Any) -> Any:
    """A parameter as anybody reads it: the harness does not know the platform's enumerations."""
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, dict):
        return {name: _plain(one) for name, one in value.items()}
    return type(value)(map(_plain, value)) if type(value) in (list, tuple) else value


def _answer(path: str, token: str | None = None) -> Any:
    from django.test import Client  # noqa: PLC0415 - Django is set up first

    headers = {"authorization": f"Bearer {token}"} if token else {}
    response = Client(SERVER_NAME="127.0.0.1", REMOTE_ADDR=load.SOURCE, headers=headers).get(path)
    if response.status_code != 200:
        raise SystemExit(f"{path} answered {response.status_code}: {response.content[:500]!r}")
    return response


def main() -> None:
    """Look, for the harness at the other end of the pipes."""
    django.setup()
    pickle.dump(look(pickle.load(sys.stdin.buffer)), sys.stdout.buffer)
