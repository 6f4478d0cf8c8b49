"""Published flows: read from their stored bytes once in a process, for published bytes never change."""

from __future__ import annotations

from datetime import date
from weakref import WeakKeyDictionary

from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from nominations.models.reference import WorkflowVersion
from nominations.queries.kept import engine_of, kept
from workflows import Workflow
from workflows.flows import read, tiers_on

_READ: WeakKeyDictionary[Engine, dict[int, Workflow]] = WeakKeyDictionary()


def flow(session: Session, workflow_id: int) -> Workflow:
    """The flow a nomination is pinned to. Raises LookupError for an unknown id."""
    known = _READ.setdefault(engine_of(session), {})
    found = known.get(workflow_id)
    if found is None:
        content = session.scalar(select(WorkflowVersion.content).where(WorkflowVersion.id == workflow_id))
        if content is None:
            raise LookupError(f"no workflow version {workflow_id}")
        found = known[workflow_id] = read(content)
    return found


@kept
def active_flow_id(session: Session, form: str, rule_set: str, tiers: int) -> int | None:
    """The id of the version new files of this form go by; None where the form has no issuer."""
    return session.scalar(
        select(WorkflowVersion.id).where(
            WorkflowVersion.form == form,
            WorkflowVersion.rule_set == rule_set,
            WorkflowVersion.tiers == tiers,
            WorkflowVersion.active,
        )
    )


def flow_today(session: Session, pinned_id: int, state: str, today: date) -> int:
    """The version that governs a step today: the pinned one, or its other route once a tier of government has ended.

    A file that waits at a level which has ended keeps its version; the rules then refuse with a sentence.
    """
    pinned = flow(session, pinned_id)
    tiers = tiers_on(today)
    if pinned.tiers == tiers:
        return pinned_id
    other_id = active_flow_id(session, pinned.form, pinned.rule_set, tiers)
    if other_id is None:
        return pinned_id
    here = pinned.step_of(state)
    return other_id if here is None or here.state in flow(session, other_id).steps else pinned_id
