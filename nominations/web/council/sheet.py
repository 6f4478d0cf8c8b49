"""A member's ballots for a whole meeting: one answer for all lines, exceptions line by line, sent in one act."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from nominations.extensions import current_clock, db_session
from nominations.queries.agenda import AgendaLine
from nominations.queries.ballot_answers import Answered
from nominations.services.ballot_sheets import Sheet, SheetCast, Vote, cast_sheet
from nominations.services.errors import NotFound
from nominations.web.access import MEMBER, needs
from nominations.web.council.blueprint import blueprint
from nominations.web.council.opened import Opened, answered, lines_of, open_meeting, refused_words, shown_line
from nominations.web.council.words import CHOICES
from nominations.web.ground import lang, origin, page, typed_key, viewer
from workflows import sentence

LATER = "later"  # a line left for another time
VOTED = "already_voted"
Shown = dict[str, Any]


@blueprint.get("/phien-hop/<ref>/phieu")
@needs(MEMBER)
def sheet(ref: str) -> ResponseReturnValue:
    """Show every line of the meeting with this member's answer to come."""
    return _shown(open_meeting(ref))


@blueprint.post("/phien-hop/<ref>/phieu")
@needs(MEMBER)
def cast(ref: str) -> ResponseReturnValue:
    """Cast what the sheet says in one act; what a rule refuses is shown with its reason, the rest is cast."""
    opened = open_meeting(ref)
    votes = _votes()
    if not votes:
        return _shown(opened, 422, problem=_("Hãy chọn ý kiến chung, hoặc ý kiến riêng cho ít nhất một trường hợp."))
    try:
        asked = Sheet(ref, votes, origin(typed_key()))
        done = cast_sheet(db_session(), viewer().actor, current_clock(), asked)
    except NotFound:
        problem = _("Chương trình phiên họp đã thay đổi. Hãy xem lại các trường hợp rồi gửi phiếu.")
        return _shown(opened, 409, problem=problem)
    if done.refused:
        return _shown(opened, 409, done=done)
    words = ngettext("Đã ghi %(num)s phiếu biểu quyết.", "Đã ghi %(num)s phiếu biểu quyết.", done.cast)
    flash(words, "success")
    if done.receipt is not None:
        flash(_("Mã đối chứng nhật ký: %(receipts)s.", receipts=done.receipt.code), "info")
    return redirect(url_for("council.sheet", ref=ref), code=303)


def _votes() -> dict[str, Vote]:
    """What the sheet says, line by line: a line's own choice, else the one for all, with the version that was shown."""
    for_all, found = request.form.get("all", ""), {}
    for one in request.form.get("seen", "").split():
        code, _colon, version = one.partition(":")
        choice = request.form.get(f"c-{code}") or for_all
        if choice in CHOICES and version.isascii() and version.isdigit() and len(version) < 10:
            found[code] = Vote(choice, int(version))
    return found


def _shown(
    opened: Opened, status: int = 200, problem: str | None = None, done: SheetCast | None = None
) -> ResponseReturnValue:
    lines = lines_of(opened)
    found = answered(opened, [line for line in lines if not line.bare], "ballot")
    open_lines = [line for line in lines if _may(found.get(line.code))]
    names = {line.code: line.name for line in lines}
    return page(
        "council/sheet.html",
        status,
        meet=opened.meet,
        rows=[_row(line, found[line.code]) for line in open_lines],
        seen=" ".join(f"{line.code}:{line.version}" for line in open_lines),
        voted=sum(_why(found.get(line.code)) == VOTED for line in lines),
        kept_out=[shown_line(line) for line in lines if line.bare],
        others=_others(lines, found),
        choices=CHOICES,
        later=LATER,
        typed={code: request.form.get(f"c-{code}", "") for code in names} if request.method == "POST" else {},
        for_all=request.form.get("all", ""),
        problem=problem,
        cast=done.cast if done is not None else None,
        outcomes=refused_words(done.refused, names) if done is not None else [],
    )


def _may(found: Answered | None) -> bool:
    return found is not None and found.refused is None


def _why(found: Answered | None) -> str:
    return found.refused.guard if found is not None and found.refused is not None else ""


def _others(lines: Sequence[AgendaLine], found: dict[str, Answered]) -> list[Shown]:
    """Lines this member cannot vote on for another reason than that they have, each with the rule's sentence."""
    return [
        shown_line(line) | {"reason": sentence(one.workflow, one.refused, lang())}
        for line in lines
        if not line.bare
        and not line.closed
        and (one := found.get(line.code)) is not None
        and one.refused is not None
        and one.refused.guard != VOTED
    ]


def _row(line: AgendaLine, found: Answered) -> Shown:
    """A line as the sheet shows it: who, for what, and what the specialist advised."""
    said = found.row.working.get("proposal", {}).get("achievement", "")
    return shown_line(line) | {"achievement": str(said), "advice": line.advice}
