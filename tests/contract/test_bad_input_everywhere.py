"""Broken bodies and nasty values for every field of every operation, whatever its protocol: never a fault of ours."""

import json
from itertools import cycle, islice
from typing import Any
from urllib.parse import urlencode

import pytest
from django.db import transaction
from django.urls import get_resolver

from ghar import shared_redis
from tests.access.surface import filled as path_of
from tests.access.surface import patterns, view_of
from tests.contract.samples import NASTY, filled

OPERATIONS = [
    pytest.param(method, route, declared, id=f"{method} /{route}")
    for route, pattern in patterns(get_resolver().url_patterns)
    if (view := view_of(pattern))
    for method, declared in view.operations().items()
]
WITH_BODY = [one for one in OPERATIONS if one.values[2].body]
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


NASTIER, NASTIEST = (dict(islice(NASTY.items(), first, None, 2)) for first in (0, 1))
"""Fields of a body take turns with the halves: with all of them for each, these tests would take twice as long."""
READ = {one.values[1] for one in OPERATIONS if one.values[0] == "get"}


@pytest.fixture
def send(api, cast, settings) -> Any:
    """Calls with a bearer token and the secret key; each leaves nothing behind.

    What was accepted is read again where it can be, and a fault of that read is the answer.
    """
    client = api.as_(cast.owner)

    def call(method: str, route: str, body: bytes = b"", query: str = "") -> Any:
        return client.generic(
            method.upper(),
            f"/{path_of(route)}",
            body,
            content_type="application/json",
            QUERY_STRING=query,
            HTTP_APIKEY=settings.SUPABASE_SECRET_KEY,
        )

    def call_and_read(method: str, route: str, body: bytes = b"", query: str = "") -> Any:
        shared_redis.redis_client().flushdb()
        with transaction.atomic():
            answer = call(method, route, body, query)
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
    usual = filled(declared.body)
    faults = [
        (field, name, answer.content)
        for field, values in zip(usual, cycle((NASTIER, NASTIEST)))
        for name, value in values.items()
        if (answer := send(method, route, _json({**usual, field: value}))).status_code >= 500
    ]
    assert faults == []


@pytest.mark.parametrize(("method", "route", "declared"), WITH_QUERY)
def test_a_nasty_value_in_a_query_is_no_fault_of_ours(method, route, declared, send):
    faults = [
        (field, name, answer.content)
        for field in declared.query().fields
        for name, value in NASTY.items()
        if isinstance(value, (str, int, float))
        if (answer := send(method, route, query=urlencode({field: str(value)}))).status_code >= 500
    ]
    assert faults == []


def _json(body: dict[str, Any]) -> bytes:
    """Integers beyond 64 bits as well, which a client may write and orjson does not."""
    return json.dumps(body).encode()
