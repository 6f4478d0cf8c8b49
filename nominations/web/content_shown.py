"""A file's content read out: each field with its label, and its value as people write it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from flask_babel import gettext as _

from nominations.web.content_words import Wanted
from nominations.web.formats import date_vi, money_vi

Shown = dict[str, Any]


def shown(field: Wanted, value: object) -> str | None:
    """Return a stored value in words; None where nothing is stored."""
    if value in (None, "", [], {}):
        return None
    if field.kind == "flag":
        return _("Có") if value else _("Không")
    if field.kind == "choice":
        return next((str(words) for code, words in field.options if code == value), str(value))
    return _written(field, value)


def facts(fields: Sequence[Wanted], content: Mapping[str, Any]) -> list[Shown]:
    """Return label and value of every plain field that is filled in, as `key_values` takes them."""
    said = ((field, shown(field, content.get(field.name))) for field in fields if field.kind != "rows")
    return [
        {"label": str(field.label), "value": value, "wide": field.kind == "text"}
        for field, value in said
        if value is not None
    ]


def tables(fields: Sequence[Wanted], content: Mapping[str, Any]) -> list[Shown]:
    """Return every table that has rows: `name`, `label`, `columns` and `rows` as `data_table` takes them."""
    return [
        {
            "name": field.name,
            "label": str(field.label),
            "columns": [_column(column, first=column is field.columns[0]) for column in field.columns],
            "rows": [{c.name: shown(c, row.get(c.name)) or "" for c in field.columns} for row in content[field.name]],
        }
        for field in fields
        if field.kind == "rows" and content.get(field.name)
    ]


def differences(fields: Sequence[Wanted], before: Mapping[str, Any], after: Mapping[str, Any]) -> list[Shown]:
    """Return the fields in which two contents differ, as `diff_table` takes them, with the name of each."""
    return [
        {"name": field.name, "label": str(field.label), "before": _whole(field, before), "after": _whole(field, after)}
        for field in fields
        if before.get(field.name) != after.get(field.name)
    ]


def _written(field: Wanted, value: object) -> str:
    if field.kind == "date":
        return date_vi(date.fromisoformat(str(value)))
    if field.kind == "money":
        return money_vi(int(str(value)))
    if field.kind == "count":
        return f"{int(str(value)):,}".replace(",", ".")
    return str(value).replace(".", ",") if field.kind == "percent" else str(value)


def _whole(field: Wanted, content: Mapping[str, Any]) -> str | None:
    """Return a field's value in one piece of text, a table's rows one after another."""
    value = content.get(field.name)
    if field.kind != "rows" or not value:
        return shown(field, value)
    rows = ([shown(column, row.get(column.name)) for column in field.columns] for row in value)
    return "; ".join(", ".join(filter(None, row)) for row in rows)


def _column(column: Wanted, *, first: bool) -> Shown:
    numeric = column.kind in {"count", "money", "percent"}
    return {"key": column.name, "label": str(column.label)} | (
        {"header": True} if first else {"align": "end"} if numeric else {}
    )
