"""One file with everything its page shows, as far as the viewer may read: two statements beside the rules' own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from nominations.models.movements import Criterion as CriterionRow
from nominations.queries.actors import Viewer
from nominations.queries.case_facts import CaseRow, case_row
from nominations.queries.criteria import assess
from nominations.queries.criteria_versions import in_force, judged_on
from nominations.queries.detail_facts import detail_facts
from nominations.queries.detail_parts import (
    ActLine,
    AwardLine,
    DecisionLine,
    HoldLine,
    MarkLine,
    OpinionLine,
    Paper,
    PostingLine,
    RequestLine,
    ReturnLine,
    SignatureLine,
    TaskLine,
    Vote,
    read,
    read_signatures,
    read_vote,
)
from nominations.queries.flows import flow, flow_today
from nominations.queries.kept import kept
from nominations.queries.lines import Line
from nominations.queries.tracker import TrackerStep, tracker
from nominations.queries.visibility import Level, Sight, Subject, sight
from workflows import DRAFT, HELD, RETURNED, Workflow
from workflows.criteria import GroupAssessment

SECTIONS = ("nominee", "criteria", "report", "proposal")
ENDING = frozenset({"award", "not_awarded", "not_sent_up", "central_awarded", "central_not_awarded"})


@dataclass(frozen=True, slots=True)
class CriterionText:
    """A criterion in the plan's own words."""

    code: str
    text: str
    kind: str
    required: str
    evidence: str | None
    source: str


@dataclass(frozen=True, slots=True)
class Criteria:
    """How the file stands against its group's criteria today, and what the plan says in each."""

    assessment: GroupAssessment
    texts: Mapping[str, CriterionText]


@dataclass(frozen=True, slots=True)
class Detail:
    """A file as this viewer may read it; a ``bare`` one has its line and no more.

    ``content`` is what is being typed for those who edit it now (``editable``), else the revision last sealed.
    ``hold`` is the open suspension, ``row`` what the decision panel is worked out from.
    """

    line: Line
    level: Level
    sight: Sight
    row: CaseRow
    workflow: Workflow
    revision_no: int
    editable: bool = False
    content: Mapping[str, Any] = field(default_factory=dict)
    papers: tuple[Paper, ...] = ()
    opinions: tuple[OpinionLine, ...] = ()
    requests: tuple[RequestLine, ...] = ()
    postings: tuple[PostingLine, ...] = ()
    decisions: tuple[DecisionLine, ...] = ()
    votes: tuple[Vote, ...] = ()
    returns: tuple[ReturnLine, ...] = ()
    hold: HoldLine | None = None
    holds: tuple[HoldLine, ...] = ()
    marks: tuple[MarkLine, ...] = ()
    tracker: tuple[TrackerStep, ...] = ()
    tasks: tuple[TaskLine, ...] = ()
    criteria: Criteria | None = None
    award: AwardLine | None = None
    acts: tuple[ActLine, ...] = ()
    signatures: Mapping[str, tuple[SignatureLine, ...]] = field(default_factory=dict)
    replaces: str | None = None
    replaced_by: str | None = None
    home_unit_name: str = ""
    nominee_ref: str = ""
    sealed_at: datetime | None = None


def detail(session: Session, viewer: Viewer, code: str, today: date) -> Detail | None:
    """The file ``code`` as the viewer may read it; None for one unknown or not theirs."""
    row = case_row(session, code, today, lock=False)
    if row is None:
        return None
    facts = detail_facts(session, row.id)
    seen = sight(viewer, subject_of(row, facts["unit_path"]))
    if seen is None:
        return None
    tasks = tuple(read(TaskLine, raw) for raw in facts["tasks"])
    workflow = flow(session, flow_today(session, row.workflow_id, row.state, today))
    found = Detail(_line(row, facts, tasks, seen), seen.level, seen, row, workflow, row.revision_no)
    return found if seen.bare else _filled(session, viewer, found, facts, tasks, today)


def subject_of(row: CaseRow, proposing_path: str) -> Subject:
    """What visibility turns on, out of the row of facts."""
    return Subject(
        form=row.form,
        state=row.state,
        entry_stage=row.entry_stage,
        path=row.path,
        proposing_unit=row.proposing_unit_id,
        proposing_path=proposing_path,
        nominee_unit=row.nominee_unit,
        roles={int(person): str(role) for person, role in row.persons},
        declared=frozenset(row.declared),
        reached=frozenset(row.reached),
    )


@kept
def criterion_texts(session: Session, movement_id: int, on: date) -> Mapping[str, CriterionText]:
    """The movement's criteria in force on a day by code, in the plan's order and words."""
    table = CriterionRow
    rows = session.execute(
        select(table.code, table.text, table.kind, table.required, table.evidence, table.source)
        .where(table.movement_id == movement_id, table.version == in_force(movement_id, on))
        .order_by(table.position, table.code)
    )
    return {row.code: CriterionText(*row) for row in rows}


def _filled(
    session: Session, viewer: Viewer, found: Detail, facts: Mapping[str, Any], tasks: Sequence[TaskLine], today: date
) -> Detail:
    row, seen = found.row, found.sight
    editable = _editable(viewer, row)
    content = _content(viewer, found, facts)
    holds = tuple(read(HoldLine, raw) for raw in facts["holds"])
    holds = tuple(hold for hold in holds if hold.state.partition(".")[0] in seen.here)
    shown = replace(row, working=dict(content))
    texts = criterion_texts(session, row.movement_id, judged_on(row.received_on, today))
    return replace(
        found,
        editable=editable,
        content=content,
        papers=_papers(facts, content, working=content is row.working),
        opinions=tuple(o for raw in facts["opinions"] if (o := read(OpinionLine, raw)).stage in seen.stages),
        requests=tuple(r for raw in facts["requests"] if (r := read(RequestLine, raw)).stage in seen.stages),
        postings=tuple(p for raw in facts["postings"] if (p := read(PostingLine, raw)).stage in seen.stages),
        decisions=tuple(_decision(read(DecisionLine, raw), seen) for raw in facts["decisions"]),
        votes=tuple(
            _vote(vote, viewer, seen) for raw in facts["votes"] if (vote := read_vote(raw)).stage in seen.stages
        ),
        returns=tuple(read(ReturnLine, raw) for raw in facts["returns"]),
        hold=next((hold for hold in holds if hold.closed_at is None), None),
        holds=holds,
        marks=tuple(m for raw in facts["marks"] if _reads_mark(found, m := read(MarkLine, raw))),
        tasks=tuple(tasks),
        tracker=tracker(found.workflow, row.entry_stage, row.path, row.state, tasks, dict(facts["units"])),
        criteria=Criteria(assess(session, shown, today), texts),
        award=read(AwardLine, facts["award"]) if facts["award"] else None,
        acts=tuple(act for raw in facts["acts"] if _reads_act(found, act := read(ActLine, raw))),
        signatures=dict(map(read_signatures, facts["signatures"])),
        replaces=facts["replaces"],
        replaced_by=facts["replaced_by"],
        home_unit_name=facts["home_unit_name"],
        nominee_ref=facts["nominee_ref"],
        sealed_at=datetime.fromisoformat(facts["revision"][1]) if facts["revision"] else None,
    )


def _line(row: CaseRow, facts: Mapping[str, Any], tasks: Sequence[TaskLine], seen: Sight) -> Line:
    stage, _, step = row.state.partition(".")
    task = next((task for task in tasks if task.closed_at is None), None)
    line = Line(
        code=row.code,
        nominee_name=row.nominee_name,
        subject_kind=row.subject_kind,
        form=row.form,
        round_code=facts["round_code"],
        round_title=facts["round_title"],
        state=row.state,
        stage=stage if step else None,
        step=step.partition(".")[0] or None,
        proposing_unit_id=row.proposing_unit_id,
        unit_name=facts["unit_name"],
        holder_unit_name=dict(facts["units"]).get(task.unit_id) if task is not None else None,
        holder_duty=task.duty if task is not None else None,
        opened_at=task.opened_at if task is not None else None,
        due_on=task.due_on if task is not None else None,
        created_at=row.created_at,
        updated_at=datetime.fromisoformat(facts["updated_at"]),
        version=row.version,
        workflow_id=row.workflow_id,
    )
    return line.bared() if seen.bare else line


def _editable(viewer: Viewer, row: CaseRow) -> bool:
    """Whether the file is in this viewer's hands to edit: a draft of their unit, or returned to a duty of theirs."""
    if row.state == DRAFT:
        return any(p.unit_id == row.proposing_unit_id and p.duty == "nominator" for p in viewer.works)
    if not row.state.endswith(RETURNED) or not row.tasks:
        return False
    _, unit, duty, *_ = row.tasks[0]
    return any(p.unit_id == unit and p.duty == duty for p in viewer.works)


def _content(viewer: Viewer, found: Detail, facts: Mapping[str, Any]) -> Mapping[str, Any]:
    """What is being typed stays within the unit that types it; all others read what was sealed last."""
    row = found.row
    at_home = row.proposing_unit_id in viewer.units or found.sight.audits
    if _editable(viewer, row) or (row.state == DRAFT and at_home):
        return row.working
    sealed: Mapping[str, Any] = facts["revision"][3] if facts["revision"] else {}
    return sealed


def _papers(facts: Mapping[str, Any], content: Mapping[str, Any], *, working: bool) -> tuple[Paper, ...]:
    """The papers there now, or those of the sealed revision."""
    papers = [read(Paper, raw) for raw in sorted(facts["papers"], key=lambda raw: int(raw[0]))]
    if working:
        return tuple(paper for paper in papers if paper.removed_at is None)
    sealed = {(paper["kind"], paper["sha256"]) for paper in content.get("papers", ())}
    latest = {(paper.kind, paper.sha256): paper for paper in papers}
    return tuple(paper for key, paper in latest.items() if key in sealed)


def _decision(decision: DecisionLine, seen: Sight) -> DecisionLine:
    """A letter's reasons speak of votes below; the reasons of an end are told to everybody who may read the file."""
    if decision.stage in seen.stages or decision.kind in ENDING:
        return decision
    return replace(decision, reason_code=None, reasons=None, departs_from_vote=False)


def _reads_act(found: Detail, act: ActLine) -> bool:
    """What was signed is told to whoever reads the file; what is only proposed or declined stays where it decides."""
    seen, deciding = found.sight, found.workflow.deciding_stage.name
    proposal = act.signed_on is None or act.kind == "annulment_proposal"
    return not proposal or seen.audits or deciding in seen.here or (act.signed_on is not None and seen.level == "full")


def _reads_mark(found: Detail, mark: MarkLine) -> bool:
    """Who reads a file fully reads what their own unit and those below recorded; of a held file only that unit does."""
    seen, path = found.sight, found.row.path
    if seen.audits or seen.level != "full":
        return seen.audits
    if found.row.state.endswith(HELD):
        return mark.unit_id in {path.get(stage) for stage in seen.here}
    climbed = {path.get(stage) for stage in seen.stages}
    return mark.unit_id is None or mark.unit_id in climbed or mark.unit_id not in path.values()


def _vote(vote: Vote, viewer: Viewer, seen: Sight) -> Vote:
    """The tally for those who may read the stage; single ballots and counts for those whose business they are."""
    if vote.stage not in seen.here:
        return replace(vote, ballots=(), count=None, cast=None)
    if vote.closed_at is None:
        mine = tuple(ballot for ballot in vote.ballots if ballot.person_id == viewer.person_id)
        return replace(vote, ballots=mine)
    return vote if vote.stage in seen.ballots else replace(vote, ballots=())
