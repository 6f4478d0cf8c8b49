"""One row with all its lists as one JSON document: one round trip, the same SQL text for both databases.

The text has ``{words}`` where the databases differ: ``rows`` and ``row`` make lists, ``nest`` lays JSON into JSON,
``key`` is the value asked for.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType
from typing import Any

import orjson
from sqlalchemy.orm import Session

from nominations.models.audit import ORIGIN_KEY

Columns = Mapping[str, str]  # a name and the SQL that answers it

_WORDS: Mapping[str, Columns] = {
    "postgresql": {
        "rows": "json_agg",
        "row": "json_build_array",
        "nest": "",
        "path_ids": "SELECT j.value::bigint FROM jsonb_each_text(n.path) j",
        "content": "convert_from(x.content, 'UTF8')::json",
        "key": "%(key)s",
    },
    "sqlite": {
        "rows": "json_group_array",
        "row": "json_array",
        "nest": "json",
        "path_ids": "SELECT j.value FROM json_each(n.path) j",
        "content": "CAST(x.content AS TEXT)",
        "key": ":key",
    },
}


def document(
    session: Session,
    plain: Columns,
    lists: Columns,
    source: str,
    key: object,
    values: Mapping[str, object] = MappingProxyType({}),
) -> dict[str, Any] | None:
    """The one row of ``source``, or None; ``plain`` columns and ``lists``, an empty list where there is nothing.

    The text names further ``values`` as it does the key: ``{year}``.
    """
    connection = session.connection()
    statement = _statement(connection.dialect.name, tuple(plain.items()), tuple(lists.items()), source, tuple(values))
    found = connection.exec_driver_sql(statement, {"key": key} | dict(values)).scalar()
    if found is None:
        return None
    facts: dict[str, Any] = found if isinstance(found, dict) else orjson.loads(found)
    return facts | {name: facts[name] or [] for name in lists}


@cache
def _statement(
    dialect: str,
    plain: tuple[tuple[str, str], ...],
    lists: tuple[tuple[str, str], ...],
    source: str,
    values: tuple[str, ...],
) -> str:
    named = {name: f"%({name})s" if dialect == "postgresql" else f":{name}" for name in values}
    words = {**_WORDS[dialect], **named, "origin_key": ORIGIN_KEY}
    if dialect == "postgresql":
        columns = ", ".join(f"{sql} AS {name}" for name, sql in (*plain, *lists))
        return f"SELECT row_to_json(f) FROM (SELECT {columns} {source}) f".format_map(words)
    pairs = [f"'{name}', {sql}" for name, sql in plain] + [f"'{name}', json({sql})" for name, sql in lists]
    return f"SELECT json_object({', '.join(pairs)}) {source}".format_map(words)
