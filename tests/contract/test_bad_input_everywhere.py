"""Broken bodies for every operation that takes one, whatever its protocol: a 4xx with an error in it, never a fault."""

from typing import Any

import pytest
from django.urls import get_resolver

from tests.access.surface import calls, patterns, view_of

WITH_BODY = {
    declared.name
    for _, pattern in patterns(get_resolver().url_patterns)
    if (view := view_of(pattern))
    for declared in view.operations().values()
    if declared.body
}
CALLS = [call for call in calls(get_resolver().url_patterns) if call.name in WITH_BODY]
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


@pytest.mark.parametrize("body", BROKEN.values(), ids=BROKEN.keys())
@pytest.mark.parametrize("call", CALLS, ids=str)
def test_a_broken_body_is_refused(call, body, api, cast, settings):
    client: Any = api.as_(cast.owner)
    keyed = {"HTTP_APIKEY": settings.SUPABASE_SECRET_KEY}
    answer = client.generic(call.method, call.path, body, content_type="application/json", **keyed)
    assert 400 <= answer.status_code < 500, answer.content
    assert {"error", "code"} & answer.json().keys()
