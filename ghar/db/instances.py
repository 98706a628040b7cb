"""A row of a table as an instance of its model, for the few reads that nearly every request begins with.

Compiling a query and reading its answer costs Django seven hundred calls of Python functions for a table of thirty
columns, many times what the statement itself costs. Here the statement is written out, and what a column needs on its
way from the database is asked of Django once a connection.
"""

from collections.abc import Callable, Mapping, Sequence
from functools import cache, lru_cache, partial
from typing import Any, TypeVar

from django.db import DEFAULT_DB_ALIAS, connection
from django.db.models import Model

from ghar.db import direct

M = TypeVar("M", bound=Model)


def first(model: type[M], rest: str, params: Mapping[str, Any], *, more: Mapping[str, str] | None = None) -> M | None:
    """The first row of a model's table that follows `rest` (JOIN, WHERE), None when there is none.

    `more` names further attributes of the instance and gives the SQL of each. Raises what a cursor would raise.
    """
    added = tuple((more or {}).items())
    rows = direct.values(f"{_select(model, added)} {rest} LIMIT 1", params)
    if not rows:
        return None
    names, conversions = _read(model)
    values = list(rows[0])
    for place, convert in conversions.items():
        values[place] = convert(values[place])
    found = model.from_db(DEFAULT_DB_ALIAS, names, values[: len(names)])
    for (name, _), value in zip(added, values[len(names) :], strict=True):
        setattr(found, name, value)
    return found


@lru_cache(maxsize=64)
def _select(model: type[Model], more: tuple[tuple[str, str], ...]) -> str:
    table = model._meta.db_table
    own = [f"{table}.{field.column}" for field in model._meta.concrete_fields]
    return f"SELECT {', '.join([*own, *(f'{sql} AS {name}' for name, sql in more)])} FROM {table}"  # noqa: S608


_Step = Callable[[Any, Any, Any], Any]


@cache
def _read(model: type[Model]) -> tuple[tuple[str, ...], dict[int, Callable[[Any], Any]]]:
    """The attributes of a model in the order of its columns, and by place what some of their values go through."""
    fields = model._meta.concrete_fields
    columns = [field.get_col(model._meta.db_table) for field in fields]
    converters = model._base_manager.all().query.get_compiler(connection=connection).get_converters(columns)
    through: dict[int, Callable[[Any], Any]] = {
        place: partial(_converted, steps, column) for place, (steps, column) in converters.items()
    }
    return tuple(field.attname for field in fields), through


def _converted(steps: Sequence[_Step], column: Any, value: Any) -> Any:
    for step in steps:
        value = step(value, column, connection)
    return value
