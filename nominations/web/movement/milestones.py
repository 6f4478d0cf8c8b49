"""Milestones of the plan that were met: recorded by the board with its day and what shows it."""

from __future__ import annotations

from flask import abort, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from wtforms import Form

from nominations.extensions import current_clock, db_session
from nominations.queries.plan import BOARD_DUTIES, MilestoneLine, at_the_board, milestones
from nominations.services.plan import mark_milestone
from nominations.web.access import needs
from nominations.web.approvers.fields import MARKED, DayField, ListField, WordsField, choices
from nominations.web.formats import date_vi
from nominations.web.ground import origin, page, typed_key, viewer
from nominations.web.lazily import lazily
from nominations.web.movement.blueprint import blueprint
from nominations.web.movement.plan import crumbs, plan_or_404
from nominations.web.movement.sending import Sent, number, send, text, told
from nominations.web.movement.words import HOW


class MilestoneForm(Form):
    """That a milestone was met."""

    year = ListField(lazily("Năm"), validators=MARKED)
    done_on = DayField(lazily("Thực hiện xong ngày"), description=lazily("Để trống là hôm nay. Dạng ngày/tháng/năm."))
    note = WordsField(lazily("Căn cứ"), validators=MARKED, description=lazily("Số, ngày văn bản, hội nghị, kết quả."))


@blueprint.route("/moc/<code>", methods=["GET", "POST"])
@needs(*BOARD_DUTIES)
def milestone(code: str) -> ResponseReturnValue:
    """Show every time a milestone falls due, and record one that was met."""
    found, today, who = plan_or_404(), current_clock().today(), viewer()
    shown = next((line for line in milestones(db_session(), found, today) if line.code == code), None)
    if shown is None or not at_the_board(db_session(), who, today):
        abort(404)
    form = MilestoneForm(request.form if request.method == "POST" else None)
    form.year.choices = choices(_open_years(shown))
    sent: Sent[object] = Sent()
    if request.method == "POST":
        year, on, note = number(text(form, "year")), text(form, "done_on"), text(form, "note")
        done = send(
            form,
            lambda: mark_milestone(db_session(), who, current_clock(), origin(typed_key()), code, year, on, note),
        )
        if done.answer is not None:
            told(_("Đã ghi nhận mốc của kế hoạch."), done.answer)
            return redirect(url_for("movement.milestone", code=code), code=303)
        sent = Sent(status=done.status, summary=done.summary)
    return page(
        "movement/milestone.html",
        sent.status,
        line=shown,
        form=form if _open_years(shown) else None,
        summary=sent.summary,
        how=HOW,
        breadcrumbs=crumbs((shown.title, None)),
    )


def _open_years(shown: MilestoneLine) -> tuple[tuple[str, str], ...]:
    return tuple(
        (str(time.year), _("%(year)s (hạn %(day)s)", year=time.year, day=date_vi(time.last)))
        for time in shown.times
        if time.how != "done"
    )
