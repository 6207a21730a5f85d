"""Queries that Django writes once in a process.

To write one takes it several times as long as the database takes to answer it, and lists ask the same ones again and
again. What changes from one time to the next are the values, and these are given to the database by themselves anyway.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from functools import update_wrapper
from typing import Any, NamedTuple

from django.db import connections, router
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Expression, Model, QuerySet
from django.db.models.query import ModelIterable
from django.db.models.sql.compiler import SQLCompiler

SHAPES = 300  # of one query, by how many rows it asks for or how many keys it is given

Rows = list[tuple[Any, ...]]
Converters = dict[int, tuple[list[Callable[..., Any]], Any]]


class Given(Expression):
    """A value that is not known yet: stands in a filter where the value would."""

    def __init__(self, number: int) -> None:
        super().__init__()
        self.number = number

    def as_sql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper) -> tuple[str, list[Any]]:
        return "%s", [self]


class OneOf(Expression):
    """Any of several values that are not known yet: what stands after `__in`."""

    def __init__(self, given: Sequence[Given]) -> None:
        super().__init__()
        self.given = tuple(given)

    def as_sql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper) -> tuple[str, list[Any]]:
        return f"({', '.join(['%s'] * len(self.given))})", list(self.given)


class Statement(NamedTuple):
    """A query as it is sent. Where `parameters` has a Given, a value goes."""

    sql: str
    parameters: tuple[Any, ...]
    converters: Converters
    model: type[Model] | None
    names: list[str]

    def ask(self, values: Sequence[Any], connection: BaseDatabaseWrapper) -> list[Any]:
        told = [_prepared(values[one.number], connection) if type(one) is Given else one for one in self.parameters]
        with connection.cursor() as cursor:
            cursor.execute(self.sql, told)
            rows = cursor.fetchall()
        if self.converters:
            rows = [self._converted(row, connection) for row in rows]
        return rows if self.model is None else [self.model.from_db(connection.alias, self.names, row) for row in rows]

    def _converted(self, row: tuple[Any, ...], connection: BaseDatabaseWrapper) -> tuple[Any, ...]:
        found = list(row)
        for place, (converters, expression) in self.converters.items():
            for converter in converters:
                found[place] = converter(found[place], expression, connection)
        return tuple(found)


def _prepared(value: Any, connection: BaseDatabaseWrapper) -> Any:
    """Numbers and texts go as they are; a day as the database takes it."""
    return connection.ops.adapt_datefield_value(value) if isinstance(value, date) else value


def _unbound(converter: Callable[..., Any], connection: BaseDatabaseWrapper) -> Callable[..., Any]:
    """A converter of a connection's own as one for whichever connection is asked: each thread has another."""
    if getattr(converter, "__self__", None) is not connection.ops:
        return converter
    name = converter.__name__
    return lambda value, expression, asked: getattr(asked.ops, name)(value, expression, asked)


class written_once:  # noqa: N801 - a decorator
    """Gives what a query gives where the function gives the query: models, or rows where it has `values_list`.

    Its positional arguments are values, which the query may only hand on to filters; each is a text, a number or a
    day. Its named arguments shape the query, such as the number of rows: it is written once for each shape. What rows
    show is not noted by itself, since no model is made of them. `select_related` is not followed.
    """

    def __init__(self, write: Callable[..., QuerySet]) -> None:
        self.write = write
        self.models: dict[tuple[Any, ...], type[Model]] = {}
        self.statements: dict[tuple[Any, ...], Statement] = {}
        update_wrapper(self, write)

    def __call__(self, *values: Any, **shape: Any) -> list[Any]:
        database = router.db_for_read(self._model(len(values), shape))  # each time: there may be copies to choose from
        key = (database, len(values), *shape.items())
        found = self.statements.get(key)
        if found is None:
            if len(self.statements) >= SHAPES:
                self.statements.clear()
            found = self.statements[key] = self._written(len(values), shape, database)
        return found.ask(values, connections[database])

    def _model(self, count: int, shape: dict[str, Any]) -> type[Model]:
        key = tuple(shape.items())
        if key not in self.models:
            self.models[key] = self._rows(count, shape).model
        return self.models[key]

    def _rows(self, count: int, shape: dict[str, Any]) -> QuerySet:
        return self.write(*map(Given, range(count)), **shape)

    def _written(self, count: int, shape: dict[str, Any], database: str) -> Statement:
        found = self._rows(count, shape)
        compiler = found.query.get_compiler(using=database)
        sql, parameters = compiler.as_sql()
        converters = compiler.get_converters([column for column, _sql, _name in compiler.select])
        unbound = {
            place: ([_unbound(one, compiler.connection) for one in several], expression)
            for place, (several, expression) in converters.items()
        }
        model = found.model if issubclass(found._iterable_class, ModelIterable) else None
        names = [column.target.attname for column, _sql, _name in compiler.select] if model else []
        return Statement(sql, tuple(parameters), unbound, model, names)
