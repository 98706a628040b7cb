"""Statements straight through libpq: the same answers, errors and transactions as through a cursor."""

import orjson
import pytest
from django.db import DataError, OperationalError, ProgrammingError, connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from apps.accounts.models import User
from ghar.db import direct, faults
from tests.kernel.test_database_faults import end_backend, pid

pytestmark = pytest.mark.django_db(transaction=True)


def test_bytes_in_order_with_named_values():
    rows = direct.rows(
        "SELECT x::text FROM generate_series(%(first)s::int, %(last)s::int) x WHERE x <> %(first)s ORDER BY x",
        {"first": 1, "last": 3, "unused": "é"},
    )
    assert rows == [(b"2",), (b"3",)]


@pytest.mark.parametrize("value", [None, "é'\"%s$1", 2**40, 1.5, True])
def test_values_of_every_kind(value):
    ((text,),) = direct.rows("SELECT row_to_json(r)::text FROM (SELECT %(value)s AS v) r", {"value": value})
    assert orjson.loads(text) == {"v": value}


def test_lists():
    statement = "SELECT x FROM unnest(ARRAY['a', 'b,{}', 'c']) x WHERE x = ANY(%(wanted)s)"
    assert direct.rows(statement, {"wanted": ["b,{}", "c"]}) == [(b"b,{}",), (b"c",)]


@given(st.lists(st.text(st.characters(codec="utf-8", exclude_characters="\x00")), max_size=5))
def test_any_texts_in_a_list(texts):
    ((kept,),) = direct.rows("SELECT to_json(%(texts)s::text[])::text", {"texts": texts})
    assert orjson.loads(kept) == texts


def test_a_list_with_a_null():
    assert direct.rows("SELECT to_json(%(texts)s::text[])::text", {"texts": ["a", None]}) == [(b'["a",null]',)]


def test_a_statement_is_prepared_once_a_connection():
    connection.close()
    for number in range(5):
        direct.rows("SELECT %(n)s::text", {"n": number})
    assert len(connection.prepared) == 1
    assert direct.rows("SELECT count(*)::text FROM pg_prepared_statements", {}) == [(b"2",)]
    connection.close()
    assert direct.rows("SELECT %(n)s::text", {"n": 7}) == [(b"7",)]


def test_names_that_psycopg_forgot_are_given_anew():
    direct.rows("SELECT %(n)s::text", {"n": 1})
    with connection.cursor() as cursor:
        cursor.execute("DEALLOCATE ALL")
    assert direct.rows("SELECT %(n)s::text", {"n": 2}) == [(b"2",)]


def test_only_so_many_stay_prepared(monkeypatch):
    monkeypatch.setattr(direct, "MOST_PREPARED", 3)
    connection.close()
    for number in range(8):
        assert direct.rows(f"SELECT {number}::text", {}) == [(str(number).encode(),)]
    assert len(connection.prepared) == 3


def test_errors_are_django_s():
    with pytest.raises(ProgrammingError):
        direct.rows("SELECT nonsense", {})
    with pytest.raises(DataError):
        direct.rows("SELECT (1 / %(zero)s)::text", {"zero": 0})


def test_a_dropped_connection_is_a_transient_fault():
    direct.rows("SELECT '1'", {})
    end_backend(pid())
    with pytest.raises(OperationalError) as fault:
        direct.rows("SELECT '1'", {})
    assert faults.may_repeat(fault.value)
    assert faults.read_again_once(direct.rows)("SELECT '1'", {}) == [(b"1",)]


def test_a_transaction_sees_its_own_writes():
    with transaction.atomic():
        assert direct.rows("SELECT count(*)::text FROM users", {}) == [(b"0",)]
        User.objects.create(full_name="Seen Inside")
        assert direct.rows("SELECT count(*)::text FROM users", {}) == [(b"1",)]
        transaction.set_rollback(True)
    assert direct.rows("SELECT count(*)::text FROM users", {}) == [(b"0",)]


def test_statements_are_counted_like_others():
    with CaptureQueriesContext(connection) as statements:
        direct.rows("SELECT %(n)s::text", {"n": 1})
    assert [entry["sql"] for entry in statements] == ["SELECT %(n)s::text {'n': 1}"]


def test_wrappers_of_statements_are_called():
    seen = []

    def wrapper(execute, sql, params, many, context):
        seen.append((sql, params))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(wrapper):
        assert direct.rows("SELECT %(n)s::text", {"n": 1}) == [(b"1",)]
    assert seen == [("SELECT %(n)s::text", {"n": 1})]


def test_behind_a_pooler_nothing_is_prepared(monkeypatch):
    connection.ensure_connection()
    monkeypatch.setattr(connection.connection, "prepare_threshold", None)
    connection.prepared.clear()
    assert direct.rows("SELECT %(n)s::text", {"n": 1}) == [(b"1",)]
    assert not connection.prepared
