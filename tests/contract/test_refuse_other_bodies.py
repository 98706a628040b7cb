"""An operation reads one type of body; every other one is refused before anything is done."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart
from django.test.utils import CaptureQueriesContext
from django.urls import get_resolver

from ghar.api.access import Access
from tests.access.surface import filled, patterns, view_of
from tests.contract.document import CALLERS

pytestmark = pytest.mark.django_db
FORM = "application/x-www-form-urlencoded"
BODIES = {
    "application/json": b'{"x": 1}',
    FORM: b"x=1",
    MULTIPART_CONTENT: encode_multipart(BOUNDARY, {"x": SimpleUploadedFile("a.txt", b"words")}),
    "application/octet-stream": b"\0",
}
WRITES = ("INSERT", "UPDATE", "DELETE")
READERS = [
    pytest.param(method, route, declared, id=f"{method} /{route}")
    for route, pattern in patterns(get_resolver().url_patterns)
    if (view := view_of(pattern))
    for method, declared in view.operations().items()
    if declared.body or declared.name == "create_session"
]


def send(client: Any, method: str, path: str, kind: str, **headers: str) -> tuple[Any, list[str]]:
    """The answer, and what was written in the database."""
    with CaptureQueriesContext(connection) as captured:
        answer = client.generic(method.upper(), path, BODIES[kind], content_type=kind, **headers)
    return answer, [query["sql"] for query in captured if query["sql"].upper().startswith(WRITES)]


@pytest.mark.parametrize(("method", "route", "declared"), READERS)
def test_a_body_of_another_type_is_refused(method, route, declared, api, cast, settings):
    who = CALLERS[declared.access][-1]
    client = api if who == "anonymous" else api.as_(getattr(cast, who))
    path = f"/{filled(route)}" + ("?grant_type=password" if declared.name == "create_session" else "")
    headers = {"HTTP_APIKEY": settings.SUPABASE_SECRET_KEY, "HTTP_IDEMPOTENCY_KEY": "k-1"}
    for kind in BODIES:
        if kind.partition(";")[0] != declared.reads.media_type:
            answer, written = send(client, method, path, kind, **headers)
            assert answer.status_code in ((401, 403, 415) if declared.access is Access.KEYED else (415,)), (
                answer.content
            )
            assert {"error", "code"} & answer.json().keys()
            assert written == []


@pytest.mark.parametrize("kind", [FORM, MULTIPART_CONTENT])
def test_an_empty_body_says_nothing_whatever_its_type(kind, api, cast):
    client = api.as_(cast.admin)
    client.post("/api/v1/pages", {"unique_name": "about", "title": "About", "content": "Us"})
    answer = client.generic("PUT", "/api/v1/pages/about", b"", content_type=kind)
    assert (answer.status_code, answer.json()["is_active"]) == (200, True)
