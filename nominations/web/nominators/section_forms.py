"""The form of a section: made from the fields in words, filled with what is stored or with what was typed.

Nothing is checked here. What was typed goes to the service as it was typed, and comes back the same beside the
service's sentence when it cannot be used.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict
from wtforms import BooleanField, Field, FieldList, Form, FormField, SelectField, StringField, TextAreaField
from wtforms.validators import DataRequired

from nominations.web.content_words import Wanted
from nominations.web.formats import date_vi

Values = dict[str, Any]  # what the controls hold: text, True for a ticked box, a list of such for a table
Summary = list[tuple[str | None, str]]

BLANK_ROWS = 2  # offered under what a table already has
MOST_ROWS = 200
NEEDED = (DataRequired(),)  # gives the star; a draft is saved without


def stored_values(fields: Sequence[Wanted], content: Mapping[str, Any]) -> Values:
    """Return what is stored as the controls show it."""
    return {field.name: _control_value(field, content.get(field.name)) for field in fields}


def typed_values(fields: Sequence[Wanted], sent: MultiDict[str, str]) -> Values:
    """Return what was typed; rows left blank are left out."""
    return {field.name: _typed(field, sent) for field in fields}


def content_of(fields: Sequence[Wanted], values: Values, stored: Mapping[str, Any]) -> dict[str, Any]:
    """Return the section's content for the service: what was typed, and stored fields that this form does not ask."""
    asked = {field.name for field in fields}
    others = {name: value for name, value in stored.items() if name not in asked}
    return others | {name: value for name, value in values.items() if value not in ("", False, [], None)}


def make_form(fields: Sequence[Wanted], values: Values) -> Form:
    """Return the form with these values; tables have blank rows under what they hold."""
    controls = {field.name: _control(field, values.get(field.name)) for field in fields}
    made: type[Form] = type("SectionForm", (Form,), controls)
    return made(data=values)


def place_errors(form: Form, errors: Mapping[str, str]) -> Summary:
    """Put each sentence beside its control (`name`, or `table.row.column`); return all of them for the summary."""
    summary: Summary = []
    for path, sentence in errors.items():
        control = _find(form, path)
        if control is None:
            summary.append((None, sentence))
            continue
        control.errors = [sentence]
        summary.append((control.id, f"{_label(form, path, control)}: {sentence}"))
    return summary


def _control_value(field: Wanted, value: object) -> object:
    if field.kind == "rows":
        return [stored_values(field.columns, row) for row in value] if isinstance(value, list) else []
    if field.kind == "flag":
        return bool(value)
    if value is None:
        return ""
    if field.kind == "date":
        return date_vi(date.fromisoformat(str(value)))
    if isinstance(value, int) and field.kind in {"money", "count"}:
        return f"{value:,}".replace(",", ".")
    return str(value).replace(".", ",") if field.kind == "percent" else str(value)


def _typed(field: Wanted, sent: MultiDict[str, str]) -> object:
    if field.kind == "rows":
        return list(_typed_rows(field, sent))
    if field.kind == "flag":
        return field.name in sent
    return sent.get(field.name, "").strip()


def _typed_rows(field: Wanted, sent: MultiDict[str, str]) -> Iterator[Values]:
    """Yield the rows in which something was typed; a list that stands on its first option says nothing."""
    numbers = {int(found[1]) for name in sent if (found := re.fullmatch(rf"{field.name}-(\d{{1,4}})-\w+", name))}
    for number in sorted(numbers)[:MOST_ROWS]:
        row = {column.name: sent.get(f"{field.name}-{number}-{column.name}", "").strip() for column in field.columns}
        if any(row[column.name] for column in field.columns if column.kind != "choice"):
            yield row


def _control(field: Wanted, value: object) -> object:
    if field.kind == "rows":
        rows = value if isinstance(value, list) else []
        controls = {c.name: _plain_control(c, *(row.get(c.name) for row in rows)) for c in field.columns}
        row: type[Form] = type("RowForm", (Form,), controls)
        entries = min(len(rows) + BLANK_ROWS, MOST_ROWS)
        return FieldList(FormField(row), field.label, min_entries=entries)
    return _plain_control(field, value)


def _plain_control(field: Wanted, *values: object) -> object:
    """Return an unbound control that can hold each of these values."""
    words: dict[str, Any] = {"label": field.label, "description": field.hint}
    if field.needed:
        words["validators"] = NEEDED
    if field.kind == "flag":
        return BooleanField(**words)
    if field.kind == "text":
        return TextAreaField(**words)
    if field.kind == "choice":
        return SelectField(**words, choices=_options(field, values), validate_choice=False)
    return StringField(**words)


def _options(field: Wanted, values: Sequence[object]) -> dict[str, str]:
    """Return the list's options; a value that stands there and is in no list any more is offered too."""
    options = {"": _("Chưa chọn")} | {code: str(words) for code, words in field.options}
    strange = {value for value in values if isinstance(value, str) and value not in options}
    return options | {value: value for value in sorted(strange)}


def _find(form: Form, path: str) -> Field | None:
    name, _dot, rest = path.partition(".")
    if path in form:
        return form[path]
    if name not in form:
        return None
    field = form[name]
    number, _dot, column = rest.partition(".")
    if not isinstance(field, FieldList) or not number.isdigit() or int(number) >= len(field.entries):
        return field
    row = field.entries[int(number)].form
    found: Field = row[column] if column in row else field  # noqa: SIM401 - a form has no `get`
    return found


def _label(form: Form, path: str, control: Field) -> str:
    """Return what a control is called in the summary; a cell names its row."""
    name, _dot, rest = path.partition(".")
    number = rest.partition(".")[0]
    if path in form or not number.isdigit() or control is form[name]:
        return str(control.label.text)
    return _("%(table)s, dòng %(row)s, %(column)s", table=form[name].label.text, row=int(number) + 1,
             column=control.label.text)  # fmt: skip
