"""A file opened by whoever asks, and one action asked about: what the pages of this room begin with."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from flask import abort
from flask_babel import gettext as _

from nominations.extensions import current_clock, db_session
from nominations.queries.detail import Detail, detail
from nominations.queries.prepared import Prepared, panel
from nominations.services.action_fields import FIELDS
from nominations.web.approvers.words import KINDS
from nominations.web.criteria_shown import RESULTS
from nominations.web.ground import lang, viewer
from workflows import OpenAction, Refused, Tally, clears, sentence, state_label
from workflows.criteria import State

ELSEWHERE = frozenset({"save", "submit"})  # done in the editor of the draft
STALE = "stale_version"


def open_file(code: str) -> Detail:
    """The file as this person may read it; one that is not there for them is 404."""
    found = detail(db_session(), viewer(), code, current_clock().today())
    return found if found is not None else abort(404)


@dataclass(frozen=True)
class ActAsked:
    """An action on a file: the file as read, made ready for the rules, and the rules' answer."""

    file: Detail
    action: str
    ready: Prepared
    answer: OpenAction

    @property
    def step_kind(self) -> str:
        """The kind of the open step, such as ``letter_signature``; empty for a draft and the ends."""
        step = self.ready.workflow.step_of(self.ready.case.state)
        return step.kind if step is not None else ""

    @cached_property
    def tally(self) -> Tally | None:
        """The council's vote that this step hears."""
        return self.ready.case.tally

    @property
    def vote_passed(self) -> bool:
        """Whether the vote reached the threshold on what the file says now."""
        stage = self.ready.workflow.stage_of(self.ready.case.state)
        tally = self.tally
        if stage is None or tally is None or not tally.closed or not tally.stands:
            return False
        return stage.ballot.passed(tally.agree, tally.members, tally.barred)

    @property
    def results(self) -> dict[str, str]:
        """What each criterion came to, by its code, in the words of `criteria_table`."""
        found = self.file.criteria
        return {} if found is None else {p.criterion.code: RESULTS[p.state] for p in found.assessment.lines}

    @property
    def criteria(self) -> tuple[tuple[str, str], ...]:
        """The criteria that apply, code and words, in the plan's order."""
        if self.file.criteria is None:
            return ()
        texts = self.file.criteria.texts
        lines = self.file.criteria.assessment.lines
        codes = (part.criterion.code for part in lines if part.state is not State.NOT_APPLICABLE)
        return tuple((code, texts[code].text) for code in codes)


def ask_for(code: str, action: str) -> ActAsked | Detail:
    """The file with the rules' answer to one action; the bare file for somebody in conflict. Unknown is 404."""
    if action not in FIELDS or action in ELSEWHERE:
        abort(404)
    file = open_file(code)
    if file.sight.bare:
        return file
    ready, actions = panel(db_session(), file.row, viewer().actor, current_clock().today())
    answer = next(line for line in actions if line.action == action)
    return ActAsked(file, action, ready, answer)


def head_of(file: Detail) -> dict[str, Any]:
    """What stands over every page of a file."""
    line = file.line
    return {
        "code": line.code,
        "name": line.nominee_name or line.code,
        "form": file.workflow.label[lang()],
        "state": line.state,
        "state_words": state_label(file.workflow, line.state, lang()),
        "version": line.version,
        "unit": line.unit_name,
        "round": line.round_title,
        "kind": KINDS.get(line.subject_kind, ""),
        "facts": [
            {"label": _("Hình thức khen thưởng"), "value": file.workflow.label[lang()]},
            {"label": _("Đợt xét"), "value": line.round_title},
            {"label": _("Đơn vị đề nghị"), "value": line.unit_name or None},
            {"label": _("Đang ở bước"), "value": state_label(file.workflow, line.state, lang())},
        ],
    }


def conflict_of(file: Detail) -> dict[str, str]:
    """Why somebody in conflict keeps out of a file: the rule's sentence, and who acts instead."""
    me, roles = viewer().person_id, {int(person): str(role) for person, role in file.row.persons}
    kin = me in roles or me in file.row.declared
    guard = "is_nominee" if roles.get(me) == "self" else "declared_conflict" if kin else "own_unit_nominee"
    refused = Refused(guard)
    return {"reason": sentence(file.workflow, refused, lang()), "cleared_by": clears(refused, lang())}
