"""Published flow versions as a list: which there are, which is in force, how many files are pinned to each."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from nominations.models.nominations import Nomination
from nominations.models.reference import RuleSet, WorkflowVersion


class FlowVersion(NamedTuple):
    """One published version of one flow; ``files`` are pinned to it."""

    id: int
    form: str
    rule_set: str
    tiers: int
    number: int
    sha256: str
    published_at: datetime
    active: bool
    files: int


def flow_versions(session: Session) -> tuple[FlowVersion, ...]:
    """Every version, flow by flow, the newest first within each."""
    pinned = (
        select(func.count())
        .select_from(Nomination)
        .where(Nomination.workflow_id == WorkflowVersion.id)
        .scalar_subquery()
    )
    rows = session.execute(
        select(
            WorkflowVersion.id,
            WorkflowVersion.form,
            WorkflowVersion.rule_set,
            WorkflowVersion.tiers,
            WorkflowVersion.number,
            WorkflowVersion.sha256,
            WorkflowVersion.published_at,
            WorkflowVersion.active,
            pinned,
        ).order_by(
            WorkflowVersion.form,
            WorkflowVersion.rule_set,
            WorkflowVersion.tiers.desc(),
            WorkflowVersion.number.desc(),
        )
    )
    return tuple(FlowVersion(*row) for row in rows)


def rule_set_names(session: Session) -> dict[str, str]:
    """What each rule set is called in law, by its code."""
    return dict(session.execute(select(RuleSet.code, RuleSet.name).order_by(RuleSet.code)).all())


def flow_content(session: Session, version_id: int) -> bytes | None:
    """The stored bytes of a version."""
    return session.scalar(select(WorkflowVersion.content).where(WorkflowVersion.id == version_id))
