"""A file made ready for the rules: the flow that governs its step today, its route, its facts.

The click and the decision panel prepare a file the same way, so a page cannot offer what the rule would refuse.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session

from nominations.queries.case_facts import CaseRow
from nominations.queries.cases import build_case, requests_of
from nominations.queries.consultations import circumstances
from nominations.queries.criteria import assess, standings
from nominations.queries.duplicates import live_twin
from nominations.queries.flows import active_flow_id, flow, flow_today
from nominations.queries.quotas import QuotaSheet, quotas_for
from nominations.queries.routes import posts_at, proposer, route
from nominations.queries.sittings import Sitting, sitting_of
from workflows import DRAFT, Actor, Case, OpenAction, Workflow, open_actions
from workflows.actions import FILES
from workflows.flows import ruleset_on, tiers_on

JUDGED_ON_CRITERIA = FILES | {"accept", "check", "award", "record_signature"}
# Posts that bring no file of their own to act on.
SEES_NO_FILE = frozenset({"admin", "asked_body", "auditor", "supervisor"})


@dataclass(frozen=True, slots=True)
class Prepared:
    """A file made ready for a decision: its row, the version of its flow that governs today, its facts."""

    row: CaseRow
    workflow: Workflow
    workflow_id: int
    case: Case


def in_scope(actor: Actor, row: CaseRow) -> bool:
    """Whether the file has reached a unit where the actor holds a post or sits in the council."""
    reached = set(row.reached or ())
    here = {post.unit for post in (*actor.posts, *actor.delegated) if post.duty not in SEES_NO_FILE}
    return bool(reached & (here | {seat.unit for seat in actor.seats}))


def is_asked(actor: Actor, row: CaseRow) -> bool:
    """Whether the actor answers for a body whose opinion this file asked: that much of it is there for them."""
    asked = {one.unit for one in requests_of(row)}
    return any(post.unit in asked and post.duty == "asked_body" for post in actor.posts)


def prepare(
    session: Session,
    row: CaseRow,
    action: str,
    payload: Mapping[str, Any],
    today: date,
    *,
    locking: bool = False,
    sitting: Sitting | None = None,
    sheet: QuotaSheet | None = None,
) -> Prepared:
    """Everything the rules need, with the flow that governs this step today (decision 6).

    ``locking``: the act is about to be done, and what it counts must not change until it is. ``sitting`` is what is
    known of the meeting the file is voted on in, ``sheet`` has the quotas, where whoever asks has read them for many
    files at once.
    """
    workflow_id = _governing(session, row, action, payload, today)
    workflow = flow(session, workflow_id)
    criteria = standings(assess(session, row, today)) if action in JUDGED_ON_CRITERIA else ()
    quotas = (
        quotas_for(session, row, workflow, action, locking=locking)
        if sheet is None
        else sheet.of(row, workflow, action)
    )
    sitting = sitting if sitting is not None else sitting_of(session, row)
    what = circumstances(session, row, today) if workflow.consultations else frozenset()
    case = replace(build_case(row, workflow, today, criteria, sitting), quotas=quotas, circumstances=what)
    if row.state == DRAFT and action == "submit":
        case = replace(_with_route(session, row, workflow, case, today), duplicate_of=live_twin(session, row))
        # The stored path is empty until now: who could take the first step is read for the route just found.
        row = replace(row, posts=posts_at(session, {*case.path.values(), row.nominee_unit or 0}, today))
    return Prepared(row, workflow, workflow_id, case)


def _governing(session: Session, row: CaseRow, action: str, payload: Mapping[str, Any], today: date) -> int:
    """The pinned version on today's route; a draft goes by today's law, the competent level's arrival settles it."""
    if row.state == DRAFT:
        found = active_flow_id(session, row.form, ruleset_on(today), tiers_on(today))
        return found if found is not None else int(row.workflow_id)
    pinned = flow_today(session, row.workflow_id, row.state, today)
    if action not in {"accept", "check"}:
        return pinned
    current = flow(session, pinned)
    step = current.step_of(row.state)
    if step is None or step.stage != current.competent_stage or row.received_on is not None:
        return pinned
    rule_set = ruleset_on(_arrived(row, payload, today))
    found = active_flow_id(session, row.form, rule_set, current.tiers)
    return found if found is not None else pinned


def _arrived(row: CaseRow, payload: Mapping[str, Any], today: date) -> date:
    """The day of arrival as stated; what is no day, or none this file can have, is left to the check of the payload."""
    for form in ("%Y-%m-%d", "%d/%m/%Y"):
        try:
            stated = datetime.strptime(str(payload.get("arrived_on", "")), form).date()  # noqa: DTZ007 - a day has no zone
        except ValueError:
            continue
        return stated if row.opens_on <= stated <= today else today
    return today


def _with_route(session: Session, row: CaseRow, workflow: Workflow, case: Case, today: date) -> Case:
    unit = proposer(session, row.proposing_unit_id, today)
    itself = row.proposing_unit_id if _head_is_nominee(session, row, today) else row.nominee_unit
    found = None if unit is None else route(session, workflow, unit, itself, today)
    if found is None or workflow.tiers != tiers_on(today):  # a form without an issuer today leads nowhere
        return replace(case, entry_stage="")
    return replace(case, entry_stage=found.entry_stage, path=found.path)


def _head_is_nominee(session: Session, row: CaseRow, today: date) -> bool:
    """Whether the head of the proposing unit is the nominee in person: the file then goes as if the unit were it."""
    nominees = {person for person, role in row.persons if role == "self"}
    if not nominees:
        return False
    posts = posts_at(session, {row.proposing_unit_id}, today)
    return any(duty == "head" and person in nominees for _unit, duty, person in posts)


def panel(session: Session, row: CaseRow, actor: Actor, today: date) -> tuple[Prepared, tuple[OpenAction, ...]]:
    """Every action with its answer for this actor, and what it was worked out from."""
    ready = prepare(session, row, "submit", {}, today)
    return ready, open_actions(ready.workflow, ready.case, actor, today)
