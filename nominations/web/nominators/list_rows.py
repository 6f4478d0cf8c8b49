"""A list that was brought in, row by row: what is wrong and is mended here, whom a row may mean, the drafts made."""

from __future__ import annotations

import base64
import io
from collections.abc import Mapping
from typing import Any

from flask import abort, flash, redirect, request, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from nominations.extensions import current_clock, current_settings, db_session
from nominations.queries.draft_lists import STATES, ListHead, ListRow, list_head, rows_of, sent_before
from nominations.queries.filing import criterion_codes, form_names
from nominations.services.columns import IDENTITY
from nominations.services.draft_columns import COLUMNS, headings
from nominations.services.draft_lists import NEW, SKIP, leave_out, make_drafts, mend
from nominations.services.draft_template import XLSX, workbook
from nominations.services.errors import InvalidInput, NotFound
from nominations.services.identity import unsealed
from nominations.services.messages import Message
from nominations.web.access import needs
from nominations.web.ground import form_errors, lang, origin, page, typed_key, viewer
from nominations.web.lazily import lazily
from nominations.web.nominators.blueprint import blueprint
from nominations.web.nominators.checking import REASONS
from nominations.web.nominators.choosing import KINDS
from nominations.web.nominators.earlier import left_empty
from nominations.web.nominators.lists import PLACE, origin_words

A_PAGE = 100  # rows of the table
AT_ONCE = 50  # rows that are mended or chosen for on one page
CHOICE, CELL = "row-", "cell-"
STATE_WORDS = {
    "ready": lazily("Sẵn sàng lập"),
    "faulty": lazily("Cần sửa"),
    "asked": lazily("Chờ chọn"),
    "there": lazily("Đã có hồ sơ"),
    "made": lazily("Đã lập"),
    "skip": lazily("Đã bỏ"),
}
TONES = {"ready": "info", "faulty": "bad", "asked": "warn", "there": "neutral", "made": "ok", "skip": "neutral"}
ROW = f"{PLACE}/bang/<ref>"


@blueprint.get(ROW)
@needs("nominator")
def draft_list(ref: str) -> ResponseReturnValue:
    """Show a list: counts, what is to be mended, what waits for somebody's word, every row."""
    head, rows = _opened(ref)
    return _shown(head, rows, {})


@blueprint.post(f"{ROW}/sua")
@needs("nominator")
def mend_list(ref: str) -> ResponseReturnValue:
    """Put cells right; those that are still wrong come back with what was typed."""
    typed: dict[int, dict[str, str]] = {}
    for name, value in request.form.items():
        number, _dash, column = name.removeprefix(CELL).partition("-")
        if name.startswith(CELL) and number.isascii() and number.isdigit() and len(number) < 12:
            typed.setdefault(int(number), {})[column] = value.strip()
    dropped = {number for number, choice in _chosen().items() if choice == SKIP}
    typed = {number: cells for number, cells in typed.items() if number not in dropped}
    act = db_session(), viewer().actor, current_clock(), origin(typed_key()), ref
    try:
        gone = leave_out(*act, dropped) if dropped else 0
        sound = mend(*act, typed, current_settings().data_keys)
    except NotFound:
        abort(404)
    left = len(typed) - sound
    said = _("Đã sửa xong %(sound)s dòng; còn %(left)s dòng cần sửa.", sound=sound, left=left)
    said += " " + _("Đã bỏ %(skipped)s dòng.", skipped=gone) if gone else ""
    flash(said, "success" if not left else "info")
    return redirect(url_for("nominators.draft_list", ref=ref), code=303)


@blueprint.post(f"{ROW}/lap")
@needs("nominator")
def make_list_drafts(ref: str) -> ResponseReturnValue:
    """Make drafts of every sound row, for whom was chosen."""
    try:
        came = make_drafts(db_session(), viewer().actor, current_clock(), origin(typed_key()), ref, _chosen())
    except NotFound:
        abort(404)
    except InvalidInput as wrong:
        head, rows = _opened(ref)
        return _shown(head, rows, form_errors(wrong))
    said = _("Đã lập %(made)s hồ sơ nháp.", made=came.made)
    if came.skipped:
        said += " " + _("Đã bỏ %(skipped)s dòng.", skipped=came.skipped)
    if came.waiting or came.faulty:
        said += " " + _("Còn %(waiting)s dòng chờ chọn hoặc đã có hồ sơ, %(faulty)s dòng cần sửa.",
                        waiting=came.waiting, faulty=came.faulty)  # fmt: skip
    flash(said, "success" if came.made else "info")
    return redirect(url_for("nominators.draft_list", ref=ref), code=303)


@blueprint.get(f"{ROW}/loi.xlsx")
@needs("nominator")
def faulty_list_rows(ref: str) -> ResponseReturnValue:
    """Hand out the rows that cannot be used, as they were, with what is wrong in a last column."""
    head, rows = _opened(ref)
    names = _headings(head)
    faulty = [(_cells(row), row) for row in rows if row.state == "faulty"]
    used = {name for cells, row in faulty for name in (*row.faults, *(n for n, cell in cells.items() if cell))}
    shown = [name for name in names if name in used | {"kind", "group", "name"}]
    table = [[*(names[name] for name in shown), _("Cần sửa")]]
    table += [[*(cells.get(name, "") for name in shown), " ".join(_faults(row, names))] for cells, row in faulty]
    content = workbook(_("Cần sửa"), table, [*(_wide(name) for name in shown), 60])
    return send_file(io.BytesIO(content), mimetype=XLSX, as_attachment=True, download_name="dong-can-sua.xlsx")


def _chosen() -> dict[int, str]:
    """Return what was chosen for each row, by the row's number in the table of rows."""
    return {
        int(name.removeprefix(CHOICE)): value
        for name, value in request.form.items()
        if name.startswith(CHOICE) and name[len(CHOICE) :].isascii() and name[len(CHOICE) :].isdigit() and value
        if len(name) < 20
    }


def _opened(ref: str) -> tuple[ListHead, list[ListRow]]:
    session, who = db_session(), viewer()
    head = list_head(session, who.actor, ref)
    if head is None:
        abort(404)
    return head, rows_of(session, who, head)


def _shown(head: ListHead, rows: list[ListRow], errors: Mapping[str, str]) -> ResponseReturnValue:
    names = _headings(head)
    wish, after = request.args.get("xem", ""), request.args.get("sau", "")
    listed = [row for row in rows if row.state == wish] if wish in STATES else rows
    start = int(after) if after.isascii() and after.isdigit() and len(after) < 6 else 0
    page_rows = [row for row in listed if row.number > start][: A_PAGE + 1]
    more = len(page_rows) > A_PAGE
    before = sent_before(db_session(), head)
    return page(
        "nominators/list.html",
        422 if errors else 200,
        head=head,
        name=origin_words(head.name, head.origin),
        form_name=next((n.en if lang() == "en" else n.vi for n in form_names(db_session()) if n.code == head.form), ""),
        counts={state: sum(row.state == state for row in rows) for state in STATES},
        total=len(rows),
        before=before,
        empty=_left_empty(head),
        errors=list(errors.values()),
        faulty=[_mendable(row, names) for row in rows if row.state == "faulty"][:AT_ONCE],
        asked=[row for row in rows if row.state == "asked"][:AT_ONCE],
        there=[row for row in rows if row.state == "there"][:AT_ONCE],
        rows=[_line(row) for row in page_rows[:A_PAGE]],
        shown=wish if wish in STATES else "",
        tabs=[
            {
                "label": str(STATE_WORDS[state]),
                "url": url_for("nominators.draft_list", ref=head.ref, xem=state) + "#rows",
                "count": sum(row.state == state for row in rows),
                "current": wish == state,
            }
            for state in STATES
            if any(row.state == state for row in rows)
        ],
        next_url=url_for("nominators.draft_list", ref=head.ref, sau=page_rows[A_PAGE - 1].number, xem=wish or None)
        + "#rows" if more else None,
        words=STATE_WORDS, tones=TONES, reasons=REASONS, choice=CHOICE, new=NEW, skip=SKIP,
    )  # fmt: skip


def _left_empty(head: ListHead) -> dict[str, dict[str, list[str]]]:
    """Return what files copied from an earlier round leave empty, by kind; nothing for other lists."""
    if head.origin != "earlier":
        return {}
    return {str(words): left_empty(code) for code, words in KINDS if code in head.kinds}


def _line(row: ListRow) -> dict[str, Any]:
    """A row as the table shows it."""
    return {
        "number": row.number,
        "name": row.said.get("name") or row.said["cells"].get("name", ""),
        "year": row.said.get("birth_year"),
        "state": row.state,
        "code": row.code or row.there,
        "made": row.code is not None,
    }


def _mendable(row: ListRow, names: Mapping[str, str]) -> dict[str, Any]:
    """A row at fault with each cell that is wrong: its name in the form, what stands in it, the sentence."""
    cells = [
        {
            "id": f"{CELL}{row.id}-{field}",
            "label": names.get(field, field),
            "value": "" if field == IDENTITY else row.said["cells"].get(field, ""),
            "fault": Message(key, dict(values)).text(lang()),
            "options": str(values["choices"]).split(", ") if key == "not_choice" else [],
        }
        for field, (key, values) in row.faults.items()
    ]
    name, fixed = row.said["cells"].get("name", ""), "nominee" in row.said
    return {"id": row.id, "number": row.number, "name": name, "cells": cells, "fixed": fixed}


def _faults(row: ListRow, names: Mapping[str, str]) -> list[str]:
    return [f"{names.get(field, field)}: {Message(key, dict(values)).text(lang())}"
            for field, (key, values) in row.faults.items()]  # fmt: skip


def _cells(row: ListRow) -> dict[str, str]:
    """A row's cells as they were typed, for the unit that typed them: the identity number too."""
    sealed = row.said.get("sealed")
    number = unsealed(current_settings().data_keys, base64.b64decode(sealed)) if sealed else None
    return {**row.said["cells"], **({IDENTITY: number} if number else {})}


def _headings(head: ListHead) -> dict[str, str]:
    return headings(criterion_codes(db_session(), head.movement_id))


def _wide(name: str) -> int:
    return next((column.wide for column in COLUMNS if column.key == name), 30)
