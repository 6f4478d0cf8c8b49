"""Meetings: the list, calling one, one with its agenda, who came, and how the vote stands."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask import abort, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from wtforms import Form, StringField

from nominations.extensions import current_clock, db_session
from nominations.queries import meetings as found
from nominations.queries.agenda import AgendaLine, waiting
from nominations.services.meetings import NewMeeting, call_meeting, change_meeting
from nominations.web.access import needs
from nominations.web.administrators.fields import (
    OneOfList,
    ask,
    asked_day,
    chosen_id,
    day_of,
    done,
    offer,
    required,
    text_of,
    typed,
)
from nominations.web.council.blueprint import ATTENDS, blueprint
from nominations.web.council.opened import (
    Opened,
    ballots_of,
    kept_meeting,
    lines_of,
    members_of,
    open_meeting,
    shown_line,
)
from nominations.web.council.words import PRESENCE, ROLES
from nominations.web.ground import origin, page, typed_key, viewer
from nominations.web.lazily import lazily

SHOWN = ("", "open", "against", "failed", "barred")
Shown = dict[str, Any]


class MeetingForm(Form):
    """Day, hour and place of a meeting, and whether its ballots are secret."""

    council = OneOfList(lazily("Hội đồng"), [required()])
    held_on = asked_day(lazily("Ngày họp"))
    begins = StringField(lazily("Giờ họp"), [required()], description=lazily("Dạng giờ:phút, ví dụ 08:00."))
    place = StringField(lazily("Địa điểm"), [required()])
    way = OneOfList(lazily("Cách biểu quyết"), [required()])


@blueprint.get("/phien-hop")
@needs(*ATTENDS)
def meetings() -> ResponseReturnValue:
    """List the meetings of this person's councils, and what waits for one."""
    who, today = viewer(), current_clock().today()
    councils = found.councils_of(db_session(), who.actor, today)
    before = {council.id: len(waiting(db_session(), who, council.unit_id)) for council in councils}
    return page("council/meetings.html", meetings=found.meetings(db_session(), who), councils=councils, waiting=before)


@blueprint.route("/phien-hop/moi", methods=["GET", "POST"])
@needs(*ATTENDS)
def new_meeting() -> ResponseReturnValue:
    """Call a meeting of a council."""
    councils = found.councils_of(db_session(), viewer().actor, current_clock().today())
    if not councils:
        abort(404)
    form = typed(MeetingForm, begins="08:00", way="open", council=str(councils[0].id))
    offer(form, "council", [(str(council.id), council.name) for council in councils])
    offer(form, "way", ways())
    called = done(form, lambda: call_meeting(db_session(), viewer().actor, current_clock(), _origin(), _new(form)))
    if called is not None:
        flash(_("Đã lập phiên họp. Hãy đưa hồ sơ vào chương trình."), "success")
        return redirect(url_for("council.agenda", ref=called.ref), code=303)
    return ask("council/new.html", form, meet=None)


@blueprint.route("/phien-hop/<ref>/sua", methods=["GET", "POST"])
@needs(*ATTENDS)
def change(ref: str) -> ResponseReturnValue:
    """Put day, hour, place or the kind of ballot right."""
    meet = kept_meeting(ref).meet
    kind = "secret" if meet.secret else "open"
    form = typed(MeetingForm, held_on=meet.held_on, begins=meet.begins, place=meet.place, way=kind)
    offer(form, "council", [(str(meet.council_id), meet.council)])
    offer(form, "way", ways())
    form["council"].data = str(meet.council_id)
    act = lambda: change_meeting(db_session(), viewer().actor, current_clock(), _origin(), ref, _new(form))  # noqa: E731
    if done(form, act) is not None:
        flash(_("Đã sửa thông tin phiên họp."), "success")
        return redirect(url_for("council.show", ref=ref), code=303)
    return ask("council/new.html", form, meet=meet)


@blueprint.get("/phien-hop/<ref>")
@needs(*ATTENDS)
def show(ref: str) -> ResponseReturnValue:
    """Show a meeting: what it is about, who came, how the vote stands."""
    opened = open_meeting(ref)
    lines = lines_of(opened)
    only = request.args.get("xem", "")
    if only not in SHOWN:
        abort(404)
    came = members_of(opened)
    return page(
        "council/meeting.html",
        opened=opened,
        meet=opened.meet,
        came=found.attended(came),
        members=came,
        secretaries=found.secretaries(db_session(), opened.meet, opened.meet.held_on),
        roles=ROLES,
        presence=PRESENCE,
        quorums=quorums(lines, len(came)),
        progress=progress(lines, came),
        only=only,
        rows=[shown_line(line) for line in lines if _is_shown(line, only, opened)],
        tallies=sees_tallies(opened),
    )


def ways() -> list[tuple[str, str]]:
    """The two ways a council votes."""
    return [("open", _("Công khai: phiếu ghi tên người biểu quyết")), ("secret", _("Bỏ phiếu kín"))]


def quorums(lines: Sequence[AgendaLine], members: int) -> list[Shown]:
    """For the forms that count alike: the fewest ballots, the threshold, and where both stand."""
    return [
        {
            "forms": forms,
            "quorum": ballot.quorum(members) if members else None,
            "share": f"{ballot.quorum_numerator}/{ballot.quorum_denominator}",
            "quorum_source": ballot.quorum_source,
            "barred_out": not ballot.barred_in_quorum,
            "threshold": ballot.threshold_percent,
            "strict": ballot.strict,
            "all_members": ballot.barred_in_threshold,
            "source": ballot.source,
            "base_source": ballot.base_source,
        }
        for forms, ballot in ballots_of(lines).items()
    ]


def progress(lines: Sequence[AgendaLine], came: Sequence[found.Member]) -> Shown:
    """How far the vote has come, in figures."""
    return {
        "lines": len(lines),
        "closed": sum(line.closed for line in lines),
        "passed": sum(line.passed is True for line in lines),
        "voters": sum(member.voted > 0 for member in came),
        "members": len(came),
        "cast": sum(line.cast for line in lines),
        "counted": sum(line.counted for line in lines),
        "confirmed": sum(line.confirmed for line in lines),
        "aside": sum(not line.waits and not line.closed for line in lines),
    }


def sees_tallies(opened: Opened) -> bool:
    """Whether sums of an open vote are this person's business: the records' keeper and heads, never a secret vote's."""
    return not opened.meet.secret and (opened.keeps or _heads(opened))


def _heads(opened: Opened) -> bool:
    return any(post.unit_id in opened.meet.staff and post.duty in {"head", "deputy"} for post in viewer().posts)


def _is_shown(line: AgendaLine, only: str, opened: Opened) -> bool:
    """Whether a filter lets a line through; what is not told of a line is not asked of it either."""
    told = line.closed or sees_tallies(opened)
    kept = {
        "": True,
        "open": not line.closed,
        "against": told and line.disagree + line.abstain > 0,
        "failed": line.passed is False,
        "barred": line.barred > 0,
    }
    return kept[only]


def _origin() -> Any:  # noqa: ANN401 - the origin of the log, with the key of the form
    return origin(typed_key())


def _new(form: Form) -> NewMeeting:
    return NewMeeting(
        council_id=chosen_id(form, "council"),
        held_on=day_of(form, "held_on"),
        begins=text_of(form, "begins"),
        place=text_of(form, "place"),
        secret=text_of(form, "way") == "secret",
    )
