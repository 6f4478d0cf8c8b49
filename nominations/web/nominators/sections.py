"""The sections of a draft, one page each: shown, saved, saved by itself while it is typed, computed on the way."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import abort, flash, jsonify, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from nominations.extensions import current_clock
from nominations.services.content import checked_content
from nominations.services.reasons import reason_words
from nominations.web import content_shown, criteria_shown
from nominations.web.access import signed_in
from nominations.web.content_words import blocks
from nominations.web.formats import time_vi
from nominations.web.ground import lang, page, seen_version
from nominations.web.nominators import section_content as contents
from nominations.web.nominators.blueprint import blueprint
from nominations.web.nominators.opened import ORDER, Opened, missing, opened, steps
from nominations.web.nominators.saving import Answer, save
from nominations.web.nominators.section_forms import Values, make_form, place_errors, typed_values
from workflows.sentences import section_label

TYPED = ("nominee", "criteria", "report", "proposal")  # papers are attached, not typed
PLACE = "/ho-so/<code>/soan/<section>"


@blueprint.get(PLACE)
@signed_in
def section(code: str, section: str) -> ResponseReturnValue:
    """Show a section with what is stored in it."""
    file = opened_at(code, section)
    if not file.may_save:
        return not_open(file)
    return show(file, section, contents.values_of(file, section))


@blueprint.post(PLACE)
@signed_in
def save_section(code: str, section: str) -> ResponseReturnValue:
    """Store what was typed and go on; or compute from it without storing."""
    file = opened_at(code, section)
    values = typed_values(contents.fields_of(file, section), request.form)
    wish = request.form.get("do", "save")
    if wish == "compute":
        return compute(file, values)
    values = without_row(values, wish)
    answer = save(file, section, contents.content_from(file, section, values))
    if not answer.saved:
        return show(opened(code) if answer.stale else file, section, values, answer)
    return go_on(file, section, wish)


@blueprint.post(PLACE + "/tu-luu")
@signed_in
def save_by_itself(code: str, section: str) -> ResponseReturnValue:
    """Store what is being typed, for the page that saves by itself; what cannot be stored yet stays on the page."""
    file = opened_at(code, section)
    values = typed_values(contents.fields_of(file, section), request.form)
    answer = save(file, section, contents.content_from(file, section, values), by_itself=True)
    if not answer.saved:
        return jsonify(errors=answer.errors, refused=answer.refused), answer.status
    return jsonify(version=answer.version, saved_at=time_vi(current_clock().now()))


def opened_at(code: str, section: str) -> Opened:
    """Open the file at a section that is typed; another is not there (papers have a page of their own)."""
    if section not in TYPED:
        abort(404)
    return opened(code)


def not_open(file: Opened) -> Response:
    """Lead to the file's own page: there is nothing to edit now, or not for this person."""
    flash(_("Hồ sơ này hiện không mở để đồng chí sửa."), "info")
    return redirect(f"/ho-so/{file.code}", code=303, Response=Response)


def go_on(file: Opened, section: str, wish: str) -> ResponseReturnValue:
    """Lead to the next step, or back to the place in this one where the person was."""
    if wish == "next":
        after = ORDER.index(section) + 1
        return redirect(url_for("nominators.section", code=file.code, section=ORDER[after])
                        if after < len(ORDER) else url_for("nominators.review", code=file.code), code=303)  # fmt: skip
    table = wish.partition(":")[2].partition("-")[0]
    if not table:
        flash(_("Đã lưu phần “%(section)s”.", section=section_label(section, lang())), "success")
    return redirect(url_for("nominators.section", code=file.code, section=section, _anchor=table or None), code=303)


def without_row(values: Values, wish: str) -> Values:
    """Return the values without the row a person asked to take out (`remove:<table>-<number>`)."""
    verb, _colon, row = wish.partition(":")
    table, _dash, number = row.rpartition("-")
    if verb != "remove" or table not in values or not number.isdigit():
        return values
    return values | {table: [kept for n, kept in enumerate(values[table]) if n != int(number)]}


def compute(file: Opened, values: Values) -> ResponseReturnValue:
    """Show the criteria as the typed figures make them; nothing is stored."""
    content = contents.content_from(file, "criteria", values)
    _checked, wrong = checked_content({"criteria": content}, file.row.subject_kind)
    errors = {path.removeprefix("criteria."): message.text(lang()) for path, message in wrong.items()}
    answer = Answer(file.row.version, errors=errors or None)
    return show(file, "criteria", values, answer, computed=None if wrong else _checked["criteria"])


def show(
    file: Opened,
    section: str,
    values: Values,
    answer: Answer | None = None,
    computed: Mapping[str, Any] | None = None,
) -> ResponseReturnValue:
    """Show a section's page with these values; after a refusal with the reason, what was typed untouched."""
    form = make_form(contents.fields_of(file, section), values)
    errors = contents.control_names(section, (answer.errors if answer else None) or {})
    lacking = missing(file)
    template = "nominators/criteria.html" if section == "criteria" else "nominators/section.html"
    context: dict[str, Any] = {
        "file": file,
        "section": section,
        "label": section_label(section, lang()),
        "form": form,
        "blocks": blocks(section, file.row.subject_kind, file.row.subject_group),
        "open": section in file.editable,
        "faults": faults_of(file, section),
        "steps": steps(file, section, lacking),
        "summary": place_errors(form, errors),
        "answer": answer,
        "version": shown_version(file, answer),
        "changes": changes(file, section, values) if answer is not None and answer.stale else [],
        "stored": stored_words(file, section),
    }
    if section == "criteria":
        context["criteria"] = criteria_rows(file, computed)
    return page(template, answer.status if answer is not None else 200, **context)


def shown_version(file: Opened, answer: Answer | None) -> int:
    """Return the version the page stands on: the one that was seen, until what changed since has been shown."""
    if answer is None or answer.stale:
        return file.row.version
    return seen_version()


def criteria_rows(file: Opened, computed: Mapping[str, Any] | None) -> list[dict[str, Any]]:
    """Return the criteria of the file's group as they stand, with what is stored or with what was typed."""
    content = computed if computed is not None else file.stored("criteria")
    return criteria_shown.rows(file.assessed(computed), contents.texts_of(file), content, lang())


def stored_words(file: Opened, section: str) -> dict[str, Any]:
    """Return what is stored in a section read out, for one that is closed."""
    fields, content = file.fields(section), file.stored(section)
    return {"facts": content_shown.facts(fields, content), "tables": content_shown.tables(fields, content)}


def changes(file: Opened, section: str, values: Values) -> list[dict[str, Any]]:
    """Return where what was typed differs from what somebody else has stored meanwhile."""
    checked, _wrong = checked_content({section: contents.content_from(file, section, values)}, file.row.subject_kind)
    fields = contents.fields_of(file, section)
    if section == "criteria":
        return content_shown.differences(fields, contents.flat(file.stored(section)), contents.flat(checked[section]))
    return content_shown.differences(fields, file.stored(section), checked[section])


def faults_of(file: Opened, section: str) -> list[str]:
    """Return what a return says of a section, a sentence each."""
    return [
        " ".join(filter(None, [fault_label(fault["code"]), fault["note"], f"({line.unit_name})"]))
        for line in file.returns
        for fault in line.faults
        if fault.get("section") == section
    ]


def fault_label(code: str) -> str | None:
    """Return what the list calls a fault; words passed down with a file have no place in the list."""
    words = reason_words(code, lang(), "return_fault")
    return None if words == code else f"{words}:"
