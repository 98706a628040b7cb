"""A dropped connection is noticed or survived; a full server and a slow statement are told at once."""

import psycopg
import pytest
from django.db import DatabaseError, OperationalError, connection

from ghar.db import direct, faults
from ghar.db.backend import base


def end_backend(pid: int) -> None:
    """What a restart of PostgreSQL does to one connection."""
    database = connection.settings_dict
    with psycopg.connect(
        dbname=database["NAME"], user=database["USER"], password=database["PASSWORD"],
        host=database["HOST"], port=database["PORT"] or None, autocommit=True,
    ) as other:  # fmt: skip
        other.execute("SELECT pg_terminate_backend(%s, 5000)", [pid])


def pid() -> int:
    connection.ensure_connection()
    return connection.connection.info.backend_pid


@pytest.mark.django_db(transaction=True)
def test_a_read_goes_on_after_the_server_dropped_the_connection():
    calls = []

    @faults.read_again_once
    def read() -> int:
        calls.append(1)
        with connection.cursor() as cursor:
            cursor.execute("SELECT 7")
            return cursor.fetchone()[0]

    end_backend(pid())
    assert read() == 7
    assert len(calls) == 2


@pytest.mark.django_db(transaction=True)
def test_a_request_notices_a_dead_connection_before_its_first_statement(api):
    before = pid()
    end_backend(before)
    connection.close_if_unusable_or_obsolete()
    assert connection.connection is None
    assert api.get("/api/v1/amenities").status_code == 200


@pytest.mark.django_db(transaction=True)
def test_who_was_answered_a_moment_ago_does_not_look(monkeypatch):
    before = pid()
    direct.rows("SELECT '1'", {})
    end_backend(before)
    monkeypatch.setattr(base, "A_MOMENT_S", 3600)
    connection.close_if_unusable_or_obsolete()
    assert connection.connection is not None
    monkeypatch.setattr(base, "A_MOMENT_S", 0)
    connection.close_if_unusable_or_obsolete()
    assert connection.connection is None


@pytest.mark.django_db(transaction=True)
def test_a_living_connection_is_kept():
    before = pid()
    connection.close_if_unusable_or_obsolete()
    assert pid() == before


@pytest.mark.django_db(transaction=True)
def test_a_statement_over_its_time_is_not_repeated():
    calls = []

    @faults.read_again_once
    def read() -> None:
        calls.append(1)
        with connection.cursor() as cursor:
            cursor.execute("SET statement_timeout = 20")
            cursor.execute("SELECT pg_sleep(5)")

    with pytest.raises(OperationalError) as fault:
        read()
    connection.close()
    assert len(calls) == 1
    assert faults.reason(fault.value) == "STATEMENT_TIMEOUT"
    assert faults.as_unavailable(fault.value, endpoint="/x").details == {
        "error_code": "STATEMENT_TIMEOUT",
        "endpoint": "/x",
    }


@pytest.mark.parametrize(
    ("text", "name", "repeat"),
    [
        ("FATAL: sorry, too many clients already: too many connections", "EMAXCONNSESSION", False),
        ("remaining connection slots are reserved", "EMAXCONNSESSION", False),
        ("max clients reached in session mode", "EMAXCONNSESSION", False),
        ("(ECHECKOUTTIMEOUT) unable to check out connection from the pool", "ECHECKOUTTIMEOUT", False),
        ("server closed the connection unexpectedly", "TRANSIENT_DB_ERROR", True),
        ("SSL error: unexpected eof while reading", "TRANSIENT_DB_ERROR", True),
    ],
)
def test_what_a_fault_is_called(text, name, repeat):
    fault = OperationalError(text)
    assert (faults.reason(fault), faults.may_repeat(fault)) == (name, repeat)


def test_a_fault_of_ours_is_none_of_these():
    assert faults.reason(DatabaseError("syntax error")) is None
    assert faults.as_unavailable(DatabaseError("syntax error"), endpoint="/") is None
