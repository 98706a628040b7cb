"""Every address there is, called by everybody: who gets in is what the operation declares."""

import json
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import get_resolver

from ghar.api.access import Access
from tests.access import people, surface
from tests.access.expectations import ANONYMOUS, IN, PAGE, SUSPENDED, expected, outcome

CALLS = surface.calls(get_resolver().url_patterns)
WRITES = ("INSERT", "UPDATE", "DELETE", "TRUNCATE", "ALTER", "CREATE", "DROP")


def knock(client: Any, call: surface.Call) -> tuple[int, Any, list[str]]:
    """The status, the body and the statements of one call with an empty body."""
    with CaptureQueriesContext(
        connection,
    ) as captured:
        answer = client.generic(call.method, call.path, b"", content_type="application/json", REMOTE_ADDR="192.0.2.7")
    return answer.status_code, _body(answer), [query["sql"] for query in captured]


def _body(answer: Any) -> Any:
    if answer.get("Content-Type", "").startswith("text/html"):
        return PAGE
    if answer.streaming or "json" not in answer.get("Content-Type", "") or not answer.content:
        return None
    return json.loads(answer.content)


def findings(call: surface.Call, clients: dict[str, Any]) -> list[str]:
    """Where what happened differs from what was declared, a line each."""
    found = []
    for who, client in clients.items():
        status, body, statements = knock(client, call)
        happened = outcome(call.access, status, body)
        if happened != expected(call.access, who):
            found.append(f"{call} is declared {call.access.value!r}, but {who}: {status} {body}")
        if happened != IN and (written := [sql for sql in statements if sql.upper().startswith(WRITES)]):
            found.append(f"{call} refused {who} after writing {written}")
    return found


@pytest.mark.parametrize("call", CALLS, ids=str)
def test_the_door_is_as_declared(call, cast):
    assert findings(call, people.clients(cast)) == []


@pytest.mark.parametrize("call", [call for call in CALLS if call.access is Access.OPTIONAL], ids=str)
def test_a_suspended_person_reads_what_anybody_reads(call, cast):
    clients = people.clients(cast)
    status, body, _ = knock(clients[SUSPENDED], call)
    assert (status, body) == knock(clients[ANONYMOUS], call)[:2]


def test_every_address_declares_who_may_use_it():
    assert surface.undeclared(get_resolver().url_patterns) == []


def test_every_declared_page_is_there():
    assert surface.gone(get_resolver().url_patterns) == []
