"""Broken bodies and nasty values for every field of every operation and in every address, whatever its protocol: never
a fault of ours."""

import json
import re
from collections.abc import Callable, Iterable
from itertools import cycle
from typing import Any
from urllib.parse import quote, urlencode

import pytest
from django.db import transaction
from django.urls import get_resolver

from ghar import shared_redis
from ghar.api import parsing
from ghar.errors import Invalid
from tests.access.surface import filled as path_of
from tests.access.surface import patterns, view_of
from tests.contract.document import CALLERS
from tests.contract.samples import NASTY, filled

OPERATIONS = [
    pytest.param(method, route, declared, id=f"{method} /{route}")
    for route, pattern in patterns(get_resolver().url_patterns)
    if (view := view_of(pattern))
    for method, declared in view.operations().items()
]
WITH_BODY = [one for one in OPERATIONS if one.values[2].body]
_TEXT = re.compile(r"<(?:str|path):\w+>")
WITH_TEXT = [one for one in OPERATIONS if _TEXT.search(one.values[1])]
WITH_QUERY = [one for one in OPERATIONS if one.values[2].query]
BROKEN = {
    "broken": b'{"a": ',
    "not utf-8": b'{"a": "\xff\xfe"}',
    "lone surrogate": b'{"a": "\\ud800"}',
    "list": b"[1]",
    "text": b'"a"',
    "null": b"null",
    "number": b"1e400",
    "deep": b"[" * 3000 + b"]" * 3000,
}
SHARE = 10
READ = {one.values[1] for one in OPERATIONS if one.values[0] == "get"}
WHO = {one.values[:2]: CALLERS[one.values[2].access][-1] for one in OPERATIONS}
"""Somebody whom each operation lets in."""


@pytest.fixture
def send(api, cast, settings) -> Any:
    """Calls as somebody who is let in, with the secret key too; each leaves nothing behind.

    What was accepted is read again where it can be, and a fault of that read is the answer.
    """
    clients = {who: api if who == "anonymous" else api.as_(getattr(cast, who)) for who in set(WHO.values())}

    def call(method: str, route: str, body: bytes = b"", query: str = "", text: str = "some-text") -> Any:
        return clients[WHO[method, route]].generic(
            method.upper(),
            f"/{path_of(_TEXT.sub(quote(text), route))}",
            body,
            content_type="application/json",
            QUERY_STRING=query,
            HTTP_APIKEY=settings.SUPABASE_SECRET_KEY,
        )

    def call_and_read(method: str, route: str, *args: Any, **kwargs: Any) -> Any:
        shared_redis.redis_client().flushdb()
        with transaction.atomic():
            answer = call(method, route, *args, **kwargs)
            again = call("get", route) if answer.status_code < 300 and method != "get" and route in READ else answer
            transaction.set_rollback(True)
        return again if again.status_code >= 500 else answer

    return call_and_read


@pytest.mark.parametrize(("method", "route", "declared"), WITH_BODY)
def test_a_broken_body_is_refused(method, route, declared, send):
    for name, body in BROKEN.items():
        answer = send(method, route, body)
        assert 400 <= answer.status_code < 500, (name, answer.content)
        assert {"error", "code"} & answer.json().keys()


@pytest.mark.parametrize(("method", "route", "declared"), WITH_BODY)
def test_a_nasty_value_in_a_body_is_no_fault_of_ours(method, route, declared, send):
    """Fields that refuse a value share requests. A field that takes it has one of its own, where fields take turns with
    the halves of the values: with all of them for each, these tests would take twice as long."""
    usual = filled(declared.body)
    faults = [
        (names, nasty, answer.content)
        for half, nasty, value in zip(cycle((0, 1)), NASTY, NASTY.values())
        for names in _bodies(declared.body, usual, value, list(usual)[half::2])
        if (answer := send(method, route, _json(usual | dict.fromkeys(names, value)))).status_code >= 500
    ]
    assert faults == []


def _bodies(shape: Any, usual: dict[str, Any], value: Any, turn: list[str]) -> list[list[str]]:
    """The fields that have the value in each request. A body has a bound, so not too many of them share one."""
    refused = _refused(usual, lambda: parsing.body(shape, usual | dict.fromkeys(usual, value)))
    shared = [refused[first : first + SHARE] for first in range(0, len(refused), SHARE)]
    return shared + [[name] for name in turn if name not in refused]


def _refused(names: Iterable[str], read: Callable[[], object]) -> list[str]:
    """Those among the names that are wrong when something is read."""
    try:
        read()
    except Invalid as refusal:
        wrong = {field["loc"][1] for field in refusal.fields if len(field["loc"]) > 1}
        return [name for name in names if name in wrong]
    return []


@pytest.mark.parametrize(("method", "route", "declared"), WITH_QUERY)
def test_a_nasty_value_in_a_query_is_no_fault_of_ours(method, route, declared, send):
    faults = [
        (names, nasty, answer.content)
        for nasty, value in NASTY.items()
        if isinstance(value, (str, int, float))
        for names in _queries(declared.query, str(value))
        if (answer := send(method, route, query=urlencode(dict.fromkeys(names, str(value))))).status_code >= 500
    ]
    assert faults == []


@pytest.mark.parametrize(("method", "route", "declared"), WITH_TEXT)
def test_a_nasty_value_in_an_address_is_no_fault_of_ours(method, route, declared, send):
    body = _json(filled(declared.body)) if declared.body else b""
    faults = [
        (nasty, answer.content)
        for nasty, value in NASTY.items()
        if value and isinstance(value, str)
        if (answer := send(method, route, body, text=value)).status_code >= 500
    ]
    assert faults == []


def _queries(kind: Any, text: str) -> list[list[str]]:
    """The parameters that have the text in each request: those that take it each in one of its own."""
    names = list(kind().fields)
    refused = _refused(names, lambda: parsing.query(kind, {name: [text] for name in names}))
    return [[name] for name in names if name not in refused] + [refused] * bool(refused)


def _json(body: dict[str, Any]) -> bytes:
    """Integers beyond 64 bits as well, which a client may write and orjson does not."""
    return json.dumps(body).encode()
