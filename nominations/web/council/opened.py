"""A meeting opened by whoever asks: what the pages of this room begin with."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask import abort
from flask_babel import gettext as _

from nominations.extensions import current_clock, db_session
from nominations.queries.agenda import AgendaLine, agenda
from nominations.queries.ballot_answers import Answered, answers
from nominations.queries.flows import flow
from nominations.queries.meetings import Meet, Member, convenes, meeting, members
from nominations.services.ballot_sheets import RefusedLine
from nominations.web.approvers.words import KINDS
from nominations.web.ground import lang, viewer
from workflows import clears, sentence, state_label
from workflows.flow import Ballot

Shown = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Opened:
    """A meeting, whether the viewer keeps its records, and whether they have a vote in it."""

    meet: Meet
    keeps: bool
    votes: bool


def open_meeting(ref: str) -> Opened:
    """The meeting as this person may open it; one that is not there for them is 404."""
    who, today = viewer(), current_clock().today()
    found = meeting(db_session(), who, ref)
    if found is None:
        abort(404)
    keeps = convenes(db_session(), who.actor, found.unit_id, today)
    votes = any(seat.votes and seat.unit == found.unit_id for seat in who.actor.seats)
    return Opened(found, keeps, votes)


def kept_meeting(ref: str, *, still: bool = True) -> Opened:
    """The meeting for who keeps its records; anybody else is told 404, and so is everybody once it is over."""
    opened = open_meeting(ref)
    if not opened.keeps or (still and not opened.meet.open):
        abort(404)
    return opened


def lines_of(opened: Opened) -> tuple[AgendaLine, ...]:
    """The agenda as this person reads it."""
    return agenda(db_session(), viewer(), opened.meet.id)


def members_of(opened: Opened) -> tuple[Member, ...]:
    """Who sits in the council on the meeting's day, today while it is to come."""
    today = current_clock().today()
    return members(db_session(), opened.meet, today if opened.meet.open else opened.meet.held_on)


def answered(opened: Opened, lines: Sequence[AgendaLine], action: str) -> dict[str, Answered]:
    """The rules' answer to an act on each of these lines."""
    codes = [line.code for line in lines]
    found = answers(db_session(), viewer().actor, opened.meet.id, codes, action, current_clock().today())
    return dict(found)


def refused_words(refused: Sequence[RefusedLine], names: dict[str, str]) -> list[Shown]:
    """Lines a rule refused, each with its reason and who can clear it, as `outcome_list` shows them."""
    return [
        {
            "label": f"{names.get(line.code) or line.code} ({line.code})",
            "ok": False,
            "reason": f"{sentence(line.workflow, line.refused, lang())} "
            + _("Ai gỡ được: %(who)s.", who=clears(line.refused, lang())),
        }
        for line in refused
    ]


def ballots_of(lines: Sequence[AgendaLine]) -> dict[str, Ballot]:
    """How each form's vote counts, by what the form is called; forms that count alike stand together."""
    found: dict[Ballot, dict[str, None]] = {}
    for stage, workflow_id in dict.fromkeys((line.stage, line.workflow_id) for line in lines):
        workflow = flow(db_session(), workflow_id)
        if stage in workflow.stages:
            found.setdefault(workflow.stages[stage].ballot, {})[workflow.label[lang()]] = None
    return {"; ".join(forms): ballot for ballot, forms in found.items()}


def shown_line(line: AgendaLine) -> Shown:
    """A line as every table of this room shows it."""
    workflow = flow(db_session(), line.workflow_id)
    stage = workflow.stages.get(line.stage)
    base = stage.ballot.base(line.members, line.barred) if stage is not None else 0
    return {
        "line": line,
        "code": line.code,
        "position": line.position,
        "name": line.name,
        "kind": str(KINDS.get(line.kind, "")),
        "form": workflow.label[lang()],
        "unit": line.unit,
        "bare": line.bare,
        "state": state_label(workflow, line.state, lang()),
        "share": f"{line.agree * 100 / base:.2f} %".replace(".", ",") if base else "",
    }
