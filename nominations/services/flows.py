"""Publishing of flows: the bytes that decide, proved before they are stored, each version with its entry in the log."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, insert, select, update
from sqlalchemy.orm import Session

from nominations.clock import Clock
from nominations.models.reference import WorkflowVersion
from nominations.queries.kept import forget
from nominations.reference import flow_deadlines, flow_opinions, flow_papers
from nominations.services.errors import InvalidInput
from nominations.services.log import Origin, record
from nominations.services.messages import Message
from nominations.services.sources import wrong_mark
from nominations.transactions import transactional
from workflows.flows import FlowKey, FlowValues, compose, flow_keys, read

LONGEST_STEP = 120  # working days
ALL = 100  # per cent
LARGEST_PART = 100  # of a quorum such as 2/3


@dataclass(frozen=True, slots=True)
class Plan:
    """What publishing would do for one flow: the version it would get, or that its active bytes stay as they are."""

    key: FlowKey
    active: int | None
    number: int
    sha256: str
    content: bytes
    changed: bool


@dataclass(frozen=True, slots=True)
class Deadline:
    """How many working days a step (a state such as ``board.appraisal``) may take, and where that is written."""

    step: str
    days: int
    source: str


@dataclass(frozen=True, slots=True)
class BallotRule:
    """How the vote of a stage's council counts, each value with where it is written; see ``workflows.flow.Ballot``."""

    stage: str
    threshold_percent: int
    strict: bool
    quorum: tuple[int, int]
    barred_in_quorum: bool
    barred_in_threshold: bool
    source: str
    quorum_source: str
    base_source: str


def first_values(key: FlowKey) -> FlowValues:
    """The papers, deadlines and opinions that the reference data gives a flow to start with."""
    return FlowValues(flow_papers(*key), flow_deadlines(*key), opinions=flow_opinions(*key))


def values_of(content: bytes) -> FlowValues:
    """The papers, deadlines, ballots and opinions of published bytes, as an administrator may have set them."""
    raw: dict[str, Any] = json.loads(content)
    opinions = raw.get("opinions")
    if opinions is None:  # published before opinions were part of a flow: those the reference data begins with
        opinions = flow_opinions(raw["form"], raw["rule_set"], raw["tiers"])
    return FlowValues(tuple(raw["papers"]), tuple(raw["deadlines"]), tuple(raw.get("ballots", ())), tuple(opinions))


def plan(session: Session, key: FlowKey, wanted: FlowValues | None = None) -> Plan:
    """What would be published for ``key`` from this code's structure and ``wanted``, or else the values now in force.

    Raises BrokenFlowError when the flow fails a proof, KeyError when there is no such flow.
    """
    rows = session.execute(
        select(WorkflowVersion.number, WorkflowVersion.content, WorkflowVersion.sha256, WorkflowVersion.active)
        .where(_of(key))
        .order_by(WorkflowVersion.number)
    ).all()
    active = next((row for row in rows if row.active), None)
    values = wanted or (values_of(active.content) if active is not None else first_values(key))
    content = compose(key, values)
    sha256 = read(content).sha256
    changed = active is None or active.sha256 != sha256
    newest = max((row.number for row in rows), default=0)
    return Plan(key, active.number if active else None, newest + 1, sha256, content, changed)


@transactional
def publish(session: Session, clock: Clock, origin: Origin, key: FlowKey, person_id: int | None = None) -> Plan:
    """Publish ``key`` anew where its bytes would be others; files keep the version they are pinned to.

    Raises BrokenFlowError when the flow fails a proof.
    """
    planned = plan(session, key)
    if planned.changed:
        _store(session, clock.now(), origin, planned, person_id)
    return planned


@transactional
def publish_deadlines(
    session: Session, clock: Clock, origin: Origin, key: FlowKey, deadlines: Sequence[Deadline], person_id: int
) -> Plan:
    """Publish ``key`` with other working days for its steps; the papers stay. Files keep the version they have.

    Raises InvalidInput with a message for each step (field ``days-<step>`` or ``source-<step>``), KeyError.
    """
    active = session.scalar(select(WorkflowVersion.content).where(_of(key), WorkflowVersion.active))
    if active is None:
        raise KeyError(key)
    errors = _wrong_deadlines(deadlines)
    if errors:
        raise InvalidInput(errors)
    rows = tuple({"step": one.step, "working_days": one.days, "source": one.source.strip()} for one in deadlines)
    planned = plan(session, key, values_of(active)._replace(deadlines=rows))
    if planned.changed:
        _store(session, clock.now(), origin, planned, person_id)
    return planned


@transactional
def publish_ballots(
    session: Session, clock: Clock, origin: Origin, key: FlowKey, rules: Sequence[BallotRule], person_id: int
) -> Plan:
    """Publish ``key`` with other ways its councils' votes count; papers and deadlines stay, files keep their version.

    Raises InvalidInput with a message for each value (field ``<value>-<stage>``), KeyError.
    """
    active = session.scalar(select(WorkflowVersion.content).where(_of(key), WorkflowVersion.active))
    if active is None:
        raise KeyError(key)
    errors = _wrong_ballots(rules)
    if errors:
        raise InvalidInput(errors)
    rows = tuple(
        {
            "stage": one.stage,
            "threshold_percent": one.threshold_percent,
            "strict": one.strict,
            "quorum": list(one.quorum),
            "barred_in_quorum": one.barred_in_quorum,
            "barred_in_threshold": one.barred_in_threshold,
            "source": one.source.strip(),
            "quorum_source": one.quorum_source.strip(),
            "base_source": one.base_source.strip(),
        }
        for one in rules
    )
    planned = plan(session, key, values_of(active)._replace(ballots=rows))
    if planned.changed:
        _store(session, clock.now(), origin, planned, person_id)
    return planned


def _wrong_ballots(rules: Sequence[BallotRule]) -> dict[str, Message]:
    errors: dict[str, Message] = {}
    for one in rules:
        if not 1 <= one.threshold_percent <= ALL:
            errors[f"threshold-{one.stage}"] = Message("out_of_range", {"low": 1, "high": ALL})
        numerator, denominator = one.quorum
        if not 0 < numerator <= denominator <= LARGEST_PART:
            errors[f"quorum-{one.stage}"] = Message("not_share")
        for name in ("source", "quorum_source", "base_source"):
            mark = wrong_mark(getattr(one, name))
            if mark is not None:
                errors[f"{name}-{one.stage}"] = mark
    return errors


def _wrong_deadlines(deadlines: Sequence[Deadline]) -> dict[str, Message]:
    errors: dict[str, Message] = {}
    for one in deadlines:
        if not 1 <= one.days <= LONGEST_STEP:
            errors[f"days-{one.step}"] = Message("out_of_range", {"low": 1, "high": LONGEST_STEP})
        mark = wrong_mark(one.source)
        if mark is not None:
            errors[f"source-{one.step}"] = mark
    return errors


@transactional
def publish_missing(session: Session, origin: Origin, when: Callable[[FlowKey], datetime]) -> int:
    """Publish the first version of every flow that has none, each at the instant ``when`` says; how many."""
    known = {FlowKey(*row) for row in session.execute(_KEYS)}
    missing = sorted((when(key), order, key) for order, key in enumerate(flow_keys()) if key not in known)
    for now, _order, key in missing:
        _store(session, now, origin, plan(session, key), None)
    return len(missing)


_KEYS = select(WorkflowVersion.form, WorkflowVersion.rule_set, WorkflowVersion.tiers).distinct()


def _of(key: FlowKey) -> ColumnElement[bool]:
    return (
        (WorkflowVersion.form == key.form)
        & (WorkflowVersion.rule_set == key.rule_set)
        & (WorkflowVersion.tiers == key.tiers)
    )


def _store(session: Session, now: datetime, origin: Origin, planned: Plan, person_id: int | None) -> None:
    key = planned.key
    session.execute(update(WorkflowVersion).where(_of(key), WorkflowVersion.active).values(active=False))
    session.execute(
        insert(WorkflowVersion).values(
            form=key.form,
            rule_set=key.rule_set,
            tiers=key.tiers,
            number=planned.number,
            content=planned.content,
            sha256=planned.sha256,
            published_at=now,
            published_by=person_id,
            active=True,
        )
    )
    said = {"form": key.form, "rule_set": key.rule_set, "tiers": key.tiers, "number": planned.number}
    record(session, now, "settings", "publish_flow", origin, said | {"sha256": planned.sha256})
    forget(session)
