"""Opinions of other bodies as a file's page shows them, and the lists their forms offer."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from flask import request, url_for
from flask_babel import gettext as _

from nominations.extensions import current_clock, db_session
from nominations.queries.consultations import Body, Proposal, bodies_on, proposals
from nominations.queries.detail import Detail
from nominations.queries.detail_parts import RequestLine
from nominations.queries.prepared import Prepared
from nominations.web.approvers.whereabouts import days_left
from nominations.web.approvers.words import CLOCKS, OUTCOMES_OF_REQUESTS
from nominations.web.formats import date_vi
from nominations.web.ground import lang
from workflows import OpenAction, action_label
from workflows.flow import Consultation

Shown = dict[str, Any]
Pairs = tuple[tuple[str, str], ...]
ASK = "ask_opinion"
OF_ONE = {"record_reply": "writing", "remind_opinion": "bell", "withdraw_request": "x"}  # acts about one request
TONES = {"answered": ("ok", "circle-check"), "withdrawn": ("neutral", "x"), "fallen": ("neutral", "ban")}


def consult_of(file: Detail, ready: Prepared, actions: Iterable[OpenAction]) -> Shown | None:
    """What the step must ask and may ask, for who may ask; every request of the stages this person reads."""
    allowed = {line.action for line in actions if line.allowed}
    today = current_clock().today()
    found = proposals(db_session(), ready.workflow, ready.case, today) if ASK in allowed else ()
    labels = labels_of(ready)
    shown = {
        "proposals": [_proposal(file, one) for one in found],
        "requests": [_request(file, line, labels, allowed) for line in reversed(file.requests)],
    }
    return shown if shown["proposals"] or shown["requests"] else None


def labels_of(ready: Prepared) -> Mapping[str, str]:
    """What the flow's kinds of opinion are called."""
    return {one.kind: one.label[lang()] for one in ready.workflow.consultations}


def asked_kinds(ready: Prepared) -> Pairs:
    """The kinds of opinion that the open step may ask for."""
    found = proposals(db_session(), ready.workflow, ready.case, current_clock().today())
    return tuple((one.terms.kind, one.terms.label[lang()]) for one in found)


def chosen_kind(ready: Prepared) -> str | None:
    """The kind of opinion a link asks for, else the first that must be asked and was not."""
    kinds = dict(asked_kinds(ready))
    named = request.args.get("kind", "")
    found = proposals(db_session(), ready.workflow, ready.case, current_clock().today())
    must = next((one.terms.kind for one in found if one.terms.required and not one.asked), None)
    return named if named in kinds else must


def offered_bodies(ready: Prepared, kind: str | None) -> Pairs:
    """Every body that can be asked, those proposed for the kind first."""
    today = current_clock().today()
    found = proposals(db_session(), ready.workflow, ready.case, today)
    first = [body for one in found if kind is None or one.terms.kind == kind for body in one.bodies]
    step = ready.workflow.step_of(ready.case.state)
    own = ready.case.path.get(step.stage) if step is not None else None
    known = [body for body in bodies_on(db_session(), today) if body.id != own and _near(body, ready)]
    return tuple((body.code, body.name) for body in dict.fromkeys([*first, *known]))


def likely_bodies(ready: Prepared, kind: str | None) -> list[str]:
    """The bodies proposed for a kind that must be asked."""
    found = proposals(db_session(), ready.workflow, ready.case, current_clock().today())
    return [body.code for one in found if one.terms.kind == kind and one.terms.required for body in one.bodies]


def open_requests(file: Detail, ready: Prepared) -> Pairs:
    """The requests that still wait for a reply."""
    labels = labels_of(ready)
    waiting = {one.number for one in ready.case.requests if one.open}
    return tuple(
        (str(line.number), f"{line.body_name}: {labels.get(line.kind, line.kind)}, {date_vi(line.due_on)}")
        for line in file.requests
        if line.number in waiting
    )


def terms_words(terms: Consultation) -> str:
    """Days, silence and clock of a kind of opinion in a line."""
    silence = _("quá hạn thì được đi tiếp") if terms.goes_on else _("phải chờ trả lời, quá hạn vẫn chờ")
    clock = str(CLOCKS[terms.clock])
    if terms.clock == "lengthens":
        clock = _("bước này được thêm %(days)s ngày làm việc", days=terms.lengthens_by)
    return _(
        "Hạn trả lời %(days)s ngày làm việc; %(silence)s; %(clock)s.",
        days=terms.working_days,
        silence=silence,
        clock=clock,
    )


def _near(body: Body, ready: Prepared) -> bool:
    """Offices of a district are asked about files of that district alone."""
    return body.kind != "district_office" or body.parent_id == ready.case.path.get("district")


def _proposal(file: Detail, one: Proposal) -> Shown:
    ask = url_for("approvers.ask", code=file.line.code, action=ASK, kind=one.terms.kind)
    return {
        "label": one.terms.label[lang()],
        "required": one.terms.required,
        "asked": one.asked,
        "bodies": [body.name for body in one.bodies],
        "outside": one.outside,
        "terms": terms_words(one.terms),
        "source": one.terms.source,
        "url": ask,
    }


def _request(file: Detail, line: RequestLine, labels: Mapping[str, str], allowed: set[str]) -> Shown:
    today = current_clock().today()
    is_open = line.closed_at is None
    late = is_open and today > line.due_on
    tone, icon = TONES.get(line.outcome or "", ("warn", "hourglass"))
    url = url_for("approvers.paper", code=file.line.code, sha256=line.reply_paper) if line.reply_paper else None
    return {
        "body": line.body_name,
        "kind": labels.get(line.kind, line.kind),
        "state": _state(late=late, line=line),
        "tone": "bad" if late and not line.goes_on else tone,
        "icon": icon,
        "open": is_open,
        "due_on": line.due_on,
        "days_left": days_left(line.due_on, today),
        "question": line.question,
        "asked_by": line.asked_by_name,
        "asked_at": line.asked_at,
        "reminded_at": line.reminded_at,
        "silence": _silence(line, late=late),
        "has_account": line.has_account,
        "reply": _paper_words(line),
        "reasons": line.reasons,
        "url": url,
        "acts": [
            {
                "label": action_label(action, lang()),
                "icon": name,
                "url": url_for("approvers.ask", code=file.line.code, action=action, request=line.number),
            }
            for action, name in OF_ONE.items()
            if is_open and action in allowed
        ],
    }


def _state(line: RequestLine, *, late: bool) -> str:
    if line.outcome is not None:
        return str(OUTCOMES_OF_REQUESTS[line.outcome])
    return _("Quá hạn, chưa trả lời") if late else _("Chờ trả lời")


def _silence(line: RequestLine, *, late: bool) -> str:
    """What a silence means: only where the flow says so does it let the file go on."""
    if line.goes_on:
        return _("Đã quá hạn: hồ sơ được đi tiếp dù chưa có trả lời.") if late else _("Quá hạn thì được đi tiếp.")
    return _("Phải chờ trả lời; quá hạn hồ sơ vẫn không được đi tiếp.")


def _paper_words(line: RequestLine) -> str | None:
    if line.reply_number is None or line.replied_on is None:
        return None
    return _("Văn bản số %(number)s ngày %(day)s.", number=line.reply_number, day=date_vi(line.replied_on))
