"""A file opened to be worked on: what it says, which of its sections may be changed, and what it still lacks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from flask import abort, url_for
from flask_babel import gettext as _

from nominations.extensions import current_clock, db_session
from nominations.queries import drafting
from nominations.queries.case_facts import CaseRow, case_row
from nominations.queries.cases import missing_papers
from nominations.queries.criteria import assess
from nominations.queries.prepared import Prepared, in_scope, prepare
from nominations.web.content_words import Wanted, wanted
from nominations.web.ground import lang, viewer
from workflows import DRAFT, RETURNED, Accepted, Act, decide
from workflows.criteria import CriterionLine, GroupAssessment, State
from workflows.sentences import SECTIONS, section_label

ORDER = ("nominee", "criteria", "report", "papers", "proposal")
NO_WORDS: Mapping[str, str] = {"nominee": "name", "report": "achievements", "proposal": "achievement"}


@dataclass(frozen=True, slots=True)
class Missing:
    """Something a file lacks before it can be sent: where, and in words."""

    section: str
    text: str
    target: str = ""

    def line(self, code: str) -> dict[str, Any]:
        """The line as `missing_list` takes it, with the address where it is mended."""
        url = url_for("nominators.section", code=code, section=self.section, _anchor=self.target or None)
        return {"text": self.text, "url": url, "hard": True}


@dataclass(frozen=True, slots=True)
class Opened:
    """A file on its author's desk. `editable` are the sections that may be changed now."""

    row: CaseRow
    head: drafting.Head
    ready: Prepared
    may_save: bool
    editable: tuple[str, ...]
    returns: tuple[drafting.ReturnLine, ...]
    today: date

    @property
    def code(self) -> str:
        """The file's code."""
        return self.row.code

    @property
    def returned(self) -> bool:
        """Whether it has come back to be mended."""
        return self.row.state.endswith(RETURNED)

    def fields(self, section: str) -> tuple[Wanted, ...]:
        """The plain fields and tables of a section."""
        return wanted(section, self.row.subject_kind, self.row.subject_group)

    def stored(self, section: str) -> dict[str, Any]:
        """What is stored in a section."""
        return dict(self.row.working.get(section, {}))

    def assessed(self, criteria: Mapping[str, Any] | None = None) -> GroupAssessment:
        """Every criterion as of today, of what is stored or of what was typed instead."""
        row = self.row
        if criteria is not None:
            row = replace(row, working=dict(row.working) | {"criteria": dict(criteria)})
        return assess(db_session(), row, self.today)


def opened(code: str) -> Opened:
    """Open a file for the person who asks; what they may not know of is not there."""
    session, who, today = db_session(), viewer(), current_clock().today()
    row = case_row(session, code, today, lock=False, actor=who.actor.ref)
    if row is None or not in_scope(who.actor, row):
        abort(404)
    ready = prepare(session, row, "save", {}, today)
    may_save = isinstance(decide(ready.workflow, ready.case, who.actor, Act("save", ask=True), today), Accepted)
    came_back = row.state.endswith(RETURNED)
    editable = tuple(row.sections_open or ()) if came_back else ORDER if row.state == DRAFT else ()
    returns = drafting.open_returns(session, row.id) if came_back and may_save else ()
    return Opened(row, drafting.head(session, row.id), ready, may_save, editable, returns, today)


def missing(file: Opened) -> tuple[Missing, ...]:
    """Everything the file lacks before it can be sent, in the order of its sections."""
    found = [
        Missing(section, _("Chưa có nội dung: %(section)s.", section=_needed(file, section)), field)
        for section, field in NO_WORDS.items()
        if not file.stored(section).get(field)
    ]
    found += _open_criteria(file.assessed())
    labels = {paper.kind: paper.label[lang()] for paper in file.ready.workflow.papers}
    found += [
        Missing("papers", _("Thiếu giấy tờ: %(paper)s.", paper=labels[kind]), f"paper-{kind}")
        for kind in missing_papers(file.row, file.ready.workflow)
    ]
    return tuple(sorted(found, key=lambda one: ORDER.index(one.section)))


def steps(file: Opened, current: str, lacking: tuple[Missing, ...]) -> list[dict[str, Any]]:
    """The steps of the draft as `wizard_steps` takes them; the last one looks it over and sends it."""
    faulty = {one.section for one in lacking}
    listed = [
        {
            "label": section_label(section, lang()),
            "state": "current" if section == current else "faulty" if section in faulty else "done",
            "url": url_for("nominators.section", code=file.code, section=section),
        }
        for section in ORDER
    ]
    label = _("Kiểm tra và nộp lại") if file.returned else _("Kiểm tra và nộp")
    state = "current" if current == "review" else "todo"
    return [*listed, {"label": label, "state": state, "url": url_for("nominators.review", code=file.code)}]


def _open_criteria(assessment: GroupAssessment) -> list[Missing]:
    said = {
        State.NOT_MET: _("chưa đạt tiêu chí bắt buộc; xem phần tính và số liệu"),
        State.NEEDS_FIGURES: _("chưa có đủ số liệu để tính"),
        State.NEEDS_EXPLANATION: _("chưa đạt và chưa có giải trình"),
        State.NEEDS_STATEMENT: _("chưa nêu đã thực hiện thế nào"),
    }
    found: dict[str, list[CriterionLine]] = {}
    for part in assessment.open_lines:
        found.setdefault(part.criterion.applies_to.alternative or part.criterion.code, []).append(part)
    return [_open_criterion(parts, said[parts[0].state]) for parts in found.values()]


def _open_criterion(parts: list[CriterionLine], why: str) -> Missing:
    """What is said of an open criterion, or of several of which one is enough."""
    codes = _(" hoặc ").join(part.criterion.code for part in parts)
    words = _("Tiêu chí %(codes)s: %(why)s.", codes=codes, why=why)
    return Missing("criteria", words, f"criterion-{parts[0].criterion.code}")


def _needed(file: Opened, section: str) -> str:
    field = next(field for field in file.fields(section) if field.name == NO_WORDS[section])
    return f"{SECTIONS[section][lang()]} - {field.label}"
