"""Files that run under versions of a flow which have been followed by another, and what each has behind it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from nominations.models.council import Ballot, MeetingLine
from nominations.models.decisions import Decision
from nominations.models.nominations import END_STATES, Nomination, Revision
from nominations.models.reference import WorkflowVersion
from nominations.models.work import Opinion
from nominations.queries.case_facts import CaseRow
from workflows import Workflow
from workflows.flows import FlowKey
from workflows.migration import Running, Taken


class Versions(NamedTuple):
    """The version of a flow in force, and those before it."""

    active: int
    number: int
    earlier: tuple[int, ...]


def versions_of(session: Session, key: FlowKey) -> Versions | None:
    """The versions of a flow; None where none is in force."""
    rows = session.execute(
        select(WorkflowVersion.id, WorkflowVersion.number, WorkflowVersion.active)
        .where(
            WorkflowVersion.form == key.form,
            WorkflowVersion.rule_set == key.rule_set,
            WorkflowVersion.tiers == key.tiers,
        )
        .order_by(WorkflowVersion.number)
    ).all()
    active = next((row for row in rows if row.active), None)
    if active is None:
        return None
    return Versions(active.id, active.number, tuple(row.id for row in rows if not row.active))


def running_under(session: Session, versions: Sequence[int]) -> tuple[str, ...]:
    """The codes of the open files pinned to these versions, in their order."""
    return tuple(
        session.scalars(
            select(Nomination.code)
            .where(Nomination.workflow_id.in_(versions), Nomination.state.not_in(END_STATES))
            .order_by(Nomination.code)
        )
    )


def running(session: Session, row: CaseRow, workflow: Workflow) -> Running:
    """What the rules of a migration ask of a file."""
    return Running(
        state=row.state,
        subject_kind=row.subject_kind,
        subject_group=row.subject_group,
        body_kind=str(row.working.get("nominee", {}).get("body_kind", "")),
        papers=frozenset(str(paper[0]) for paper in row.papers),
        taken=(
            *_taken(session, row, workflow),
            *(Taken(p, "nominee", "") for p, role in row.persons if role == "self"),
        ),
    )


def _taken(session: Session, row: CaseRow, workflow: Workflow) -> list[Taken]:
    """Who has drafted, appraised, voted and signed, and at which stage; what was voided was done all the same."""
    drafted = session.scalars(select(Revision.created_by).where(Revision.nomination_id == row.id)).all()
    taken = [Taken(person, "propose", row.entry_stage) for person in drafted]
    opinions = select(Opinion.person_id, Opinion.stage).where(
        Opinion.nomination_id == row.id, Opinion.kind.in_(["appraisal", "check"])
    )
    taken += [Taken(person, "prepare", stage) for person, stage in session.execute(opinions)]
    ballots = (
        select(Ballot.person_id, MeetingLine.stage)
        .join(MeetingLine, MeetingLine.id == Ballot.line_id)
        .where(Ballot.nomination_id == row.id)
    )
    taken += [Taken(person, "vote", stage) for person, stage in session.execute(ballots)]
    signed = select(Decision.signer_id, Decision.stage).where(
        Decision.nomination_id == row.id, Decision.signer_id.is_not(None)
    )
    return taken + [
        Taken(person, "decide" if _decides(workflow, stage) else "sign", stage)
        for person, stage in session.execute(signed)
        if person is not None
    ]


def _decides(workflow: Workflow, stage: str) -> bool:
    return stage in workflow.stages and workflow.stages[stage].deciding
