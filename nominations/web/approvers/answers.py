"""What was typed into an action's form, as the payload the service takes; papers are kept on the way."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import request
from wtforms import Field, FieldList, Form
from wtforms.fields.choices import SelectField
from wtforms.form import BaseForm

from nominations.extensions import current_clock, current_storage, db_session
from nominations.services.errors import InvalidInput
from nominations.services.files import store
from nominations.services.messages import REQUIRED, Message
from nominations.services.payloads import parse
from nominations.web.approvers.fields import ListField, OneOfField, SectionsField, UploadField, offers

KEPT = "_kept"  # the hidden field beside an upload: the digest of what was sent before
FAULTS, FINDINGS = "faults", "by_criterion"

Errors = dict[str, Message]
Value = Any  # as the payload of the action has it


def payload_of(action: str, form: Form, *, check: bool = True) -> dict[str, Any]:
    """The payload of what was typed. Raises InvalidInput with everything that is wrong, if asked to ``check``.

    A press that comes a second time is not checked: the lists of its form have moved on with the file.
    """
    errors: Errors = {}
    payload = {field.short_name: value for field in form if (value := _value(field, errors)) not in (None, "", [], {})}
    if FAULTS in payload:
        payload["sections"] = [*payload.get("sections", ()), *(fault["section"] for fault in payload[FAULTS])]
    if check:
        _check(action, form, payload, errors)
    return payload


def _check(action: str, form: Form, payload: Mapping[str, Any], errors: Errors) -> None:
    """Say at once what the lists, the stars and the service have against it."""
    missing = [field.short_name for field in form if field.flags.required and field.short_name not in payload]
    found = dict.fromkeys(missing, REQUIRED) | errors
    try:
        parse(action, payload)
    except InvalidInput as more:
        found = dict(more.errors) | found
    if FAULTS in found:
        found.pop("sections", None)  # the faults name them
    if any(name.startswith(f"{FAULTS}-") for name in found):
        found.pop(FAULTS, None)  # said row by row
    if found:
        raise InvalidInput(found)


def show_errors(form: BaseForm, errors: Mapping[str, str]) -> list[tuple[str | None, str]]:
    """Put every sentence beside its field; the same as pairs of field id and sentence, for the summary."""
    summary: list[tuple[str | None, str]] = []
    for name, text in errors.items():
        field = _find(form, name)
        if field is None:
            summary.append((None, text))
            continue
        field.errors = [text]
        summary.append((field.id, f"{field.label.text}: {text}"))
    return summary


def _value(field: Field, errors: Errors) -> Value:
    if isinstance(field, UploadField):
        return upload_of(field, errors)
    if isinstance(field, FieldList):
        return _faults(field, errors) if field.short_name == FAULTS else _findings(field)
    if isinstance(field, SectionsField):
        return field.data or []
    if isinstance(field, ListField | OneOfField) and field.data and field.data not in offers(field):
        errors[field.short_name] = _not_offered(field)
    return (field.data or "").strip()


def _not_offered(field: SelectField) -> Message:
    return Message("not_choice", {"choices": ", ".join(label for value, label in offers(field).items() if value)})


def upload_of(field: UploadField, errors: Errors) -> str | None:
    """The digest of the paper sent with a field, kept on the way, or of one sent before; None where there is none."""
    sent = request.files.get(field.name)
    if sent is None or not sent.filename:
        return request.form.get(field.name + KEPT) or None
    try:
        field.kept = store(db_session(), current_clock(), current_storage(), sent.read())
    except InvalidInput as wrong:
        errors[field.short_name] = wrong.errors["file"]
        return None
    return field.kept


def _faults(rows: FieldList[Any], errors: Errors) -> list[dict[str, str]]:
    """The rows in which anything was said; one that is begun must be whole."""
    faults = []
    for row in rows.entries:
        said = {name: (row.form[name].data or "").strip() for name in ("code", "section", "note")}
        if not any(said.values()):
            continue
        faults.append(said)
        errors |= {row.form[name].name: REQUIRED for name, value in said.items() if not value}
        lists = [row.form[name] for name in ("code", "section") if said[name]]
        errors |= {field.name: _not_offered(field) for field in lists if field.data not in offers(field)}
    return faults


def _findings(rows: FieldList[Any]) -> dict[str, dict[str, Any]]:
    return {
        row.form.code.data: {"met": row.form.met.data == "1", "note": (row.form.note.data or "").strip()}
        for row in rows.entries
        if row.form.met.data in {"0", "1"}
    }


def _find(form: BaseForm, name: str) -> Field | None:
    """The field of that name; a row's own field by its whole name."""
    if name in form:
        return form[name]
    rows = (row.form for field in form if isinstance(field, FieldList) for row in field.entries)
    return next((field for row in rows for field in row if field.name == name), None)
