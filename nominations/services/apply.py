"""The only place that sets a nomination's state and the only one that appends to its chain.

Everything an accepted act changes is written here in one transaction: the row, the entry with its payload, the task
that closes and the one that opens, participations, the act's own rows, the outbox. Nothing is sent from here.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session

from nominations.queries.case_facts import CaseRow
from nominations.services.due_days import due, on_leaving, on_opening
from nominations.services.holders import Address, address
from nominations.services.log import Origin, Receipt, entry_parts, log_origin
from nominations.services.set_based import write_together
from nominations.services.statements import Part, write
from workflows import Accepted, Case, Participation, Workflow
from workflows.ledger import Act, Head

Values = dict[str, Any]


@dataclass(slots=True)
class Change:
    """What an act changes besides the state: columns of the nomination, rows of its own, units the file reaches."""

    nomination: Values = field(default_factory=dict)
    parts: list[Part] = field(default_factory=list)
    reaches: set[int] = field(default_factory=set)
    payload: Values = field(default_factory=dict)
    snap: str | None = None
    workflow_id: int = 0  # the version the act was allowed by; the route follows the day
    holder: Address | None = None  # who has the file when no step opens: a returned file
    tells: list[tuple[int, str, str]] = field(default_factory=list)  # unit, duty and kind of further notices
    due_on: date | None = None  # of a step that only goes to another desk: its clock runs on
    votes_anew: bool = False  # what the council voted on has changed: a line begun before does not go on


@dataclass(frozen=True, slots=True)
class Moment:
    """When and by whom: one reading of the clock for everything the act writes; person 0 closes in nobody's name."""

    now: datetime
    today: date
    person_id: int
    origin: Origin
    seen: int


@dataclass(frozen=True, slots=True)
class Applied:
    """What came of it: the new state and version, the receipt, who has it now."""

    code: str
    state: str
    version: int
    receipt: Receipt
    address: Address | None


@dataclass(frozen=True, slots=True)
class Writing:
    """All that one accepted act writes, and the answer to it."""

    parts: list[Part]
    applied: Applied


def apply(
    session: Session,
    moment: Moment,
    row: CaseRow,
    workflow: Workflow,
    case: Case,
    accepted: Accepted,
    change: Change,
) -> Applied:
    """Write one accepted act on the locked nomination ``row``. Raises what the database refuses."""
    act = writing(session, moment, row, workflow, case, accepted, change)
    write(session, act.parts)
    return act.applied


def apply_many(session: Session, acts: Sequence[Writing]) -> None:
    """Write accepted acts on as many locked nominations, all rows of one shape together."""
    write_together(session, [part for act in acts for part in act.parts])


def writing(
    session: Session,
    moment: Moment,
    row: CaseRow,
    workflow: Workflow,
    case: Case,
    accepted: Accepted,
    change: Change,
) -> Writing:
    """What an accepted act on the locked nomination ``row`` writes."""
    version = row.version + 1
    opened = _address(row, workflow, case, accepted, change, moment.today)
    sealed, entry = _entry(session, moment, row, workflow, accepted, change, version)
    parts = [
        _nomination(moment, row, accepted, change, version, sealed.head),
        *entry,
        *(joined(row.id, join) for join in accepted.joins),
        *change.parts,
        *_reached(moment, row, change, opened),
        _message(moment, row, accepted, opened, change.tells),
    ]
    opens = _opened_task(session, moment, row, accepted, change, opened)
    if (accepted.moves or change.holder is not None) and row.tasks:
        # The new task may not meet the old one still open.
        parts.append(_closed_task(session, moment, row, accepted)._replace(then=opens))
    elif opens is not None:
        parts.append(Part("tasks", opens))
    receipt = Receipt(row.code, sealed.head.cseq, sealed.hash, sealed.head.at)
    return Writing(parts, Applied(row.code, accepted.to_state, version, receipt, opened))


def _address(
    row: CaseRow, workflow: Workflow, case: Case, accepted: Accepted, change: Change, today: date
) -> Address | None:
    if change.holder is not None:
        return change.holder
    if accepted.next_step is None:
        return None
    return address(row, workflow, case, accepted.next_step, today)


def _nomination(moment: Moment, row: CaseRow, accepted: Accepted, change: Change, version: int, head: Head) -> Part:
    stage, _, step = accepted.to_state.partition(".")
    values: Values = {
        "id": row.id,
        "version": version,
        "state": accepted.to_state,
        "stage": stage if step else None,
        "step": step.partition(".")[0] or None,
        "updated_at": moment.now,
        "chain_seq": head.cseq,
        "chain_head": head.hash,
        "chain_at": head.at,
        "workflow_id": change.workflow_id,
    }
    return Part("nominations", values | change.nomination, keys=("id",))


def _entry(
    session: Session,
    moment: Moment,
    row: CaseRow,
    workflow: Workflow,
    accepted: Accepted,
    change: Change,
    version: int,
) -> tuple[Any, list[Part]]:
    origin = moment.origin
    act = Act(
        log=log_origin(session),
        act=accepted.action,
        actor=origin.actor,
        post=accepted.post.ref if accepted.post is not None else origin.post,
        behalf=accepted.delegation.giver.ref if accepted.delegation is not None else None,
        auth=origin.auth,
        nomination=row.code,
        from_state=accepted.from_state,
        to_state=accepted.to_state,
        ver=version,
        seen=moment.seen,
        wf=workflow.sha256,
        snap=change.snap or row.snap,
        req=origin.request_id,
    )
    payload: Mapping[str, Any] = change.payload | _where(origin)
    return entry_parts(Head(row.chain_seq, row.chain_head, row.chain_at), moment.now, act, payload, origin.request_key)


def under(accepted: Accepted) -> int | None:
    """The row of the delegation an act was done under; None for one's own post."""
    return accepted.delegation.number if accepted.delegation is not None else None


def _where(origin: Origin) -> Values:
    return {name: value for name, value in (("address", origin.address), ("agent", origin.agent)) if value}


def joined(nomination_id: int, join: Participation) -> Part:
    """The side a person takes; taking it again does nothing, the other side is refused by the database."""
    values = {"nomination_id": nomination_id, "person_id": join.person, "pair": join.pair, "side": join.side}
    return Part("participations", values, on_conflict="same")


def _opened_task(
    session: Session, moment: Moment, row: CaseRow, accepted: Accepted, change: Change, opened: Address | None
) -> Values | None:
    """The task of the step that opens, if one does; a file returned waits without a day."""
    if opened is None:
        return None
    due_on = due(session, row.id, accepted, moment.today) if accepted.next_step is not None else change.due_on
    gates = change.nomination.get("gates", row.gates) or {}
    days = on_opening(session, gates, accepted.to_state, due_on, moment.today)
    return task_values(moment, row.id, accepted.to_state, opened, days)


def _closed_task(session: Session, moment: Moment, row: CaseRow, accepted: Accepted) -> Part:
    values = on_leaving(session, row, moment.today) | {
        "id": row.tasks[0][0],
        "closed_at": max(moment.now, row.created_at),
        "closed_by": moment.person_id or None,
        "outcome": accepted.action,
        "delegation_id": under(accepted),
    }
    return Part("tasks", values, keys=("id",))


def task_values(moment: Moment, nomination_id: int, state: str, at: Address, days: Values) -> Values:
    """The row of a step that opens; ``days``: when it is due, and what its clock starts from."""
    return days | {
        "nomination_id": nomination_id,
        "kind": "step",
        "step": state,
        "unit_id": at.unit_id,
        "duty": at.duty,
        "substitute": at.substitute,
        "nobody_free": at.nobody_free,
        "opened_at": moment.now,
    }


def _reached(moment: Moment, row: CaseRow, change: Change, opened: Address | None) -> list[Part]:
    units = set(change.reaches)
    if opened is not None:
        units.add(opened.unit_id)
    return [
        Part(
            "nomination_reach",
            {"nomination_id": row.id, "unit_id": unit, "reached_at": moment.now},
            on_conflict="nothing",
        )
        for unit in sorted(units - set(row.reached or ()))
    ]


def _message(
    moment: Moment, row: CaseRow, accepted: Accepted, opened: Address | None, tells: list[tuple[int, str, str]]
) -> Part:
    payload: Values = {"code": row.code, "act": accepted.action, "from": accepted.from_state, "to": accepted.to_state}
    if opened is not None:
        payload |= {"unit": opened.unit_id, "duty": opened.duty, "nobody_free": opened.nobody_free}
    if tells:
        payload["tells"] = [list(one) for one in tells]
    return Part("outbox", outbox_values(moment, row.code, payload))


def outbox_values(moment: Moment, code: str, payload: Values) -> Values:
    """The row of a message about a file."""
    return {
        "topic": "nomination",
        "key": code,
        "payload": payload,
        "created_at": moment.now,
        "available_at": moment.now,
        "attempts": 0,
    }
