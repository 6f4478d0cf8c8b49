"""Who came to a meeting, and the written poll of the absent."""

from __future__ import annotations

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from nominations.extensions import current_clock, db_session
from nominations.queries.polls import poll_days, poll_until
from nominations.services.attendance import ask_in_writing, mark_attendance
from nominations.services.errors import InvalidInput
from nominations.services.messages import Message
from nominations.services.payloads import day
from nominations.web.access import needs
from nominations.web.council.blueprint import ATTENDS, blueprint
from nominations.web.council.opened import Opened, kept_meeting, members_of
from nominations.web.council.words import PRESENCE, ROLES
from nominations.web.formats import date_vi
from nominations.web.ground import form_errors, lang, origin, page, typed_key, viewer


@blueprint.route("/phien-hop/<ref>/diem-danh", methods=["GET", "POST"])
@needs(*ATTENDS)
def attendance(ref: str) -> ResponseReturnValue:
    """Mark who is present, excused or absent."""
    opened = kept_meeting(ref)
    if request.method == "GET":
        return _shown(opened)
    refs = [member.ref for member in members_of(opened)]
    marks = {one: request.form[f"m-{one}"] for one in refs if request.form.get(f"m-{one}")}
    if not marks:
        return _shown(opened, 422, problem=_("Hãy ghi có mặt hoặc vắng cho ít nhất một thành viên."))
    try:
        mark_attendance(db_session(), viewer().actor, current_clock(), origin(typed_key()), ref, marks)
    except InvalidInput as wrong:
        return _shown(opened, 422, problem=" ".join(form_errors(wrong).values()))
    flash(_("Đã ghi điểm danh."), "success")
    return redirect(url_for("council.attendance", ref=ref), code=303)


@blueprint.post("/phien-hop/<ref>/lay-y-kien")
@needs(*ATTENDS)
def poll(ref: str) -> ResponseReturnValue:
    """Ask the absent in writing, to answer up to a day."""
    opened = kept_meeting(ref)
    until = day(request.form.get("until", "").strip())
    if isinstance(until, Message):
        return _shown(opened, 422, poll_problem=until.text(lang()))
    try:
        _receipt, asked = ask_in_writing(db_session(), viewer().actor, current_clock(), origin(typed_key()), ref, until)
    except InvalidInput as wrong:
        return _shown(opened, 422, poll_problem=" ".join(form_errors(wrong).values()))
    words = ngettext(
        "Đã lấy ý kiến bằng văn bản %(num)s thành viên, hạn đến hết ngày %(until)s.",
        "Đã lấy ý kiến bằng văn bản %(num)s thành viên, hạn đến hết ngày %(until)s.",
        asked,
        until=date_vi(until),
    )
    flash(words, "success")
    return redirect(url_for("council.attendance", ref=ref), code=303)


def _shown(
    opened: Opened, status: int = 200, problem: str | None = None, poll_problem: str | None = None
) -> ResponseReturnValue:
    came, today = members_of(opened), current_clock().today()
    marks = {member.ref: request.form.get(f"m-{member.ref}", member.presence) for member in came}
    suggested = opened.meet.poll_until or poll_until(db_session(), max(opened.meet.held_on, today))
    return page(
        "council/attendance.html",
        status,
        meet=opened.meet,
        members=came,
        marks=marks,
        roles=ROLES,
        presence=PRESENCE,
        absent=[member for member in came if member.presence not in {"", "present"}],
        until=request.form.get("until") or date_vi(suggested),
        days=poll_days(db_session(), today),
        problem=problem,
        poll_problem=poll_problem,
    )
