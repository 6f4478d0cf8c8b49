"""Many files of the inbox at once: ticked, one action chosen, what would come of each line, then done."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from flask import abort, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from wtforms import Form

from nominations.extensions import current_clock, db_session
from nominations.queries.detail import Detail
from nominations.queries.together import names_of, offered
from nominations.services.actions import Denied
from nominations.services.apply import Applied
from nominations.services.bulk import (
    Line,
    ManyRequest,
    Passes,
    Result,
    Unknown,
    Unusable,
    Weighed,
    act_many,
    weigh_many,
)
from nominations.services.errors import InvalidInput
from nominations.web.access import signed_in
from nominations.web.approvers.act_forms import FAVOURS, act_form
from nominations.web.approvers.answers import payload_of, show_errors
from nominations.web.approvers.asked import ActAsked, ask_for
from nominations.web.approvers.blueprint import blueprint
from nominations.web.approvers.panel import DANGER, ICONS
from nominations.web.approvers.words import CONSEQUENCES
from nominations.web.ground import form_errors, lang, origin, page, refusal, typed_key, viewer
from workflows import action_label, sentence

TICK, JOINS = "line", ":"  # a ticked line: its code and the version that was shown
MOST_LINES = 200
TOGETHER = (
    "accept", "check", "recommend", "close_ballot", "send_up", "award", "not_send_up", "not_award", "record_signature",
    "record_central_result", "reconfirm", "resubmit", "hold", "resume",
)  # fmt: skip
"""What is done alike to many; faults, numbers and grounds belong to one file each."""
Shown = dict[str, Any]


class ManyAsked(ActAsked):
    """An action asked about for many files, shown by the first of them; what differs from file to file is left out."""

    @property
    def vote_passed(self) -> bool:
        """Whoever signs against a vote gives the reason on that file's own page."""
        return True

    @property
    def criteria(self) -> tuple[tuple[str, str], ...]:
        """Findings are of one file each."""
        return ()


@blueprint.post("/viec/nhieu")
@signed_in
def many() -> ResponseReturnValue:
    """Show what can be done to the ticked files together."""
    lines = ticked()
    if not lines:
        return redirect(url_for("approvers.work"), code=303)
    found = offered(db_session(), viewer().actor, [line.code for line in lines], current_clock().today())
    actions = [
        {
            "label": action_label(action, lang()),
            "icon": ICONS.get(action, "chevron-right"),
            "kind": "danger" if action in DANGER else "secondary",
            "url": url_for("approvers.ask_many", action=action),
            "count": found[action],
        }
        for action in TOGETHER
        if action in found
    ]
    return page("approvers/many.html", lines=_plain(lines), ticks=ticks(lines), actions=actions)


@blueprint.post("/viec/nhieu/<action>")
@signed_in
def ask_many(action: str) -> ResponseReturnValue:
    """Show the action's form with what would come of each line."""
    lines, asked = _asked(action)
    return _shown(asked, lines, act_form(asked))


@blueprint.post("/viec/nhieu/<action>/ghi")
@signed_in
def act_on_many(action: str) -> ResponseReturnValue:
    """Do the action to every line that it may be done to; the outcome of each, and nothing typed lost."""
    lines, asked = _asked(action)
    form = act_form(asked)
    try:
        sent = ManyRequest(action, lines, payload_of(action, form, check=asked.answer.allowed), origin(typed_key()))
        if "look" in request.form:
            return _shown(asked, lines, form, payload=sent.payload)
        outcomes = act_many(db_session(), viewer().actor, current_clock(), sent)
    except InvalidInput as wrong:
        return _shown(asked, lines, form, 422, summary=show_errors(form, form_errors(wrong)))
    return _told(action, outcomes)


def ticked() -> list[Line]:
    """The lines of the form; one that cannot be is no line of ours."""
    lines = []
    for tick in request.form.getlist(TICK)[:MOST_LINES]:
        code, _joins, version = tick.rpartition(JOINS)
        if not code or not version.isascii() or not version.isdigit() or len(version) > 9:
            abort(400)
        lines.append(Line(code, int(version)))
    return list({line.code: line for line in lines}.values())


def ticks(lines: Sequence[Line]) -> list[str]:
    """The lines as the form carries them on."""
    return [f"{line.code}{JOINS}{line.seen}" for line in lines]


def _asked(action: str) -> tuple[list[Line], ManyAsked]:
    """The ticked lines, and the action asked about by the first of them that it may be done to."""
    lines = ticked()
    if not lines or action not in TOGETHER:
        abort(404)
    could = (asked for line in lines if not isinstance(asked := ask_for(line.code, action), Detail))
    first: ActAsked | None = None
    for asked in could:
        first = first or asked
        if asked.answer.allowed:
            first = asked
            break
    if first is None:
        abort(404)
    return lines, ManyAsked(first.file, first.action, first.ready, first.answer)


def _shown(
    asked: ManyAsked,
    lines: Sequence[Line],
    form: Form,
    status: int = 200,
    *,
    payload: Mapping[str, Any] | None = None,
    summary: Sequence[tuple[str | None, str]] = (),
) -> ResponseReturnValue:
    """Show the form, and of each line whether it would go through."""
    said = ManyRequest(asked.action, lines, payload or {}, origin())
    weighed = weigh_many(db_session(), viewer().actor, current_clock(), said)
    names = names_of(db_session(), viewer(), [one.code for one in weighed])
    return page(
        "approvers/act_many.html",
        status,
        action=asked.action,
        label=action_label(asked.action, lang()),
        consequence=CONSEQUENCES[asked.action],
        danger=asked.action in DANGER,
        lines=[_foreseen(asked, one, names) for one in weighed],
        ticks=ticks(lines),
        passes=sum(isinstance(one.outcome, Passes) for one in weighed),
        form=form,
        multipart=any(field.type == "UploadField" for field in form),
        summary=list(summary),
    )


def _told(action: str, outcomes: Sequence[Result]) -> ResponseReturnValue:
    """What came of every line, those that are left first."""
    names = names_of(db_session(), viewer(), [one.code for one in outcomes])
    shown = sorted((_outcome(action, one, names) for one in outcomes), key=lambda line: bool(line["ok"]))
    done = sum(line["ok"] for line in shown)
    return page(
        "approvers/many_done.html",
        200 if done == len(shown) else 409,
        label=action_label(action, lang()),
        done=done,
        outcomes=shown,
        left=[line["tick"] for line in shown if line["tick"]],
    )


def _foreseen(asked: ManyAsked, weighed: Weighed, names: Mapping[str, str]) -> Shown:
    shown = _named(weighed.code, names)
    found = weighed.outcome
    if isinstance(found, Passes):
        notes = [sentence(asked.ready.workflow, warning, lang()) for warning in found.warnings]
        return shown | {"ok": True, "reason": " ".join(notes)}
    return shown | {"ok": False, "reason": why_not(asked.action, found)}


def _outcome(action: str, result: Result, names: Mapping[str, str]) -> Shown:
    shown = _named(result.code, names)
    found = result.outcome
    if isinstance(found, Applied):
        return shown | {"ok": True, "reason": found.receipt.code, "tick": ""}
    tick = f"{result.code}{JOINS}{found.version}" if isinstance(found, Denied) else ""
    return shown | {"ok": False, "reason": why_not(action, found), "tick": tick}


def why_not(action: str, found: Denied | Unusable | Unknown) -> str:
    """The sentence for a line that did not go through."""
    if isinstance(found, Denied):
        told = refusal(found)
        return f"{told['reason']} {_('Ai gỡ được:')} {told['cleared_by']}" if told["cleared_by"] else told["reason"]
    if isinstance(found, Unknown):
        return _("Không có hồ sơ này, hoặc hồ sơ không thuộc phạm vi của đồng chí.")
    if action in FAVOURS and "reasons" in found.errors:
        return _("Biểu quyết chưa đạt hoặc vượt chỉ tiêu: cần lý do riêng. Hãy làm ở trang của hồ sơ này.")
    return " ".join(dict.fromkeys(message.text(lang()) for message in found.errors.values()))


def _named(code: str, names: Mapping[str, str]) -> Shown:
    name = names.get(code)
    return {
        "label": f"{name} ({code})" if name else code,
        "url": url_for("approvers.file", code=code) if code in names else None,
    }


def _plain(lines: Sequence[Line]) -> list[Shown]:
    names = names_of(db_session(), viewer(), [line.code for line in lines])
    return [_named(line.code, names) for line in lines]
