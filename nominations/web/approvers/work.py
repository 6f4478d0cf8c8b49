"""The inbox: what waits for me, what is on its way to me, what I have done; by the day it is due."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask import abort, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from nominations.extensions import current_clock, db_session
from nominations.queries.filing import form_names, round_titles
from nominations.queries.flows import flow
from nominations.queries.inbox import WAITING, Part, inbox_counts, inbox_with_counts
from nominations.queries.lines import Line
from nominations.queries.pages import MOST_COUNTED, BadCursor, Page
from nominations.queries.search import IdentityNumber
from nominations.web.access import signed_in
from nominations.web.approvers.blueprint import blueprint
from nominations.web.approvers.many import JOINS, TICK
from nominations.web.approvers.queue import FIRST, LIST, PARTS, filters, narrowed
from nominations.web.approvers.whereabouts import days_left
from nominations.web.ground import lang, page, parse_cursor, viewer

STEPS = ("intake", "check", "appraisal", "council", "signature", "number", "pending")


@blueprint.get("/viec")
@signed_in
def work() -> ResponseReturnValue:
    """Show one part of the inbox."""
    part = request.args.get("part", FIRST)
    if part not in PARTS:
        abort(404)
    today = current_clock().today()
    found, counts, problem = _found(part, today)
    return page(
        "approvers/work.html",
        part=part,
        tick=TICK if part == FIRST and found.items else None,
        tabs=_tabs(part, counts),
        rows=[row(line, part, today) for line in found.items],
        shown=len(found.items),
        next_url=None if found.next_cursor is None else _here(part, cursor=found.next_cursor),
        first_url=_here(part) if request.args.get("cursor") else None,
        typed=narrowed(),
        options=_options(),
        tags=_tags(part),
        clear_url=url_for("approvers.work", part=part),
        problem=problem,
        may_check=part == FIRST and viewer().has("appraiser", "secretary"),
    )


def row(line: Line, part: str, today: date) -> dict[str, Any]:
    """A line as the table shows it: the step in words, the days that are left."""
    workflow = flow(db_session(), line.workflow_id)
    stage = workflow.stage_of(line.state)
    along = narrowed() | {LIST: part}
    return {
        "code": line.code,
        "tick": f"{line.code}{JOINS}{line.version}",
        "name": line.nominee_name or line.code,
        "kind": line.subject_kind,
        "form": workflow.label[lang()],
        "round": line.round_title,
        "unit": line.unit_name,
        "state": line.state,
        "stage_words": stage.label[lang()] if stage is not None else None,
        "since": line.opened_at,
        "due_on": line.due_on,
        "days_left": days_left(line.due_on, today),
        "bare": line.bare,
        "url": url_for("approvers.file", code=line.code, **along),
    }


def _found(part: str, today: date) -> tuple[Page[Line], dict[Part, int], str | None]:
    """The page asked for, how much waits, and why there is no page when the search cannot be used."""
    try:
        return *inbox_with_counts(db_session(), viewer(), today, PARTS[part], filters(), parse_cursor()), None
    except BadCursor:
        abort(404)
    except IdentityNumber:
        return (
            Page((), None),
            inbox_counts(db_session(), viewer(), today, WAITING),
            _("Ô tìm kiếm không nhận số căn cước: số ấy không được nằm trong địa chỉ trang. Hãy tìm theo tên."),
        )


def _here(part: str, **more: str) -> str:
    return url_for("approvers.work", **(narrowed() | {"part": part} | more))


def _tabs(part: str, counts: dict[Part, int]) -> list[dict[str, Any]]:
    """The parts; what waits has its number, what is done is no work and has none."""
    named = {
        "cho-toi": (_("Chờ tôi"), "inbox"),
        "sap-toi": (_("Sắp tới"), "clock"),
        "da-lam": (_("Đã làm"), "checks"),
    }
    return [
        {
            "label": words,
            "icon": icon,
            "url": url_for("approvers.work", part=name),
            "current": name == part,
            "count": _capped(counts[PARTS[name]]) if PARTS[name] in counts else None,
        }
        for name, (words, icon) in named.items()
    ]


def _capped(count: int) -> str:
    return f"{MOST_COUNTED:,}+".replace(",", ".") if count >= MOST_COUNTED else str(count)


def _options() -> dict[str, list[tuple[str, str]]]:
    """What each filter offers."""
    forms = form_names(db_session())
    return {
        "round": list(round_titles(db_session())),
        "form": [(form.code, form.en if lang() == "en" else form.vi) for form in forms],
        "step": [(name, words) for name, words in _step_words().items()],
        "overdue": [("1", _("Chỉ việc quá hạn"))],
    }


def _step_words() -> dict[str, str]:
    return {
        "intake": _("Tiếp nhận"),
        "check": _("Kiểm tra, thẩm tra"),
        "appraisal": _("Thẩm định"),
        "council": _("Hội đồng xét"),
        "signature": _("Ký"),
        "number": _("Cấp số"),
        "pending": _("Chờ Trung ương"),
    }


def _tags(part: str) -> list[dict[str, str]]:
    """The filters in force, each with the address without it."""
    names = {"q": _("Tìm"), "round": _("Đợt"), "form": _("Hình thức"), "step": _("Bước"), "overdue": _("Hạn")}
    offered = _options()
    typed = narrowed()
    return [
        {
            "label": names[name],
            "value": dict(offered.get(name, ())).get(value, value),
            "remove_url": url_for("approvers.work", part=part, **{k: v for k, v in typed.items() if k != name}),
        }
        for name, value in typed.items()
    ]
