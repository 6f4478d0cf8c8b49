"""Another form: the file ends, a linked one with the same content goes to whoever may issue the other form."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any, NamedTuple

from nominations.names import folded
from nominations.queries.another_form import Elsewhere, elsewhere
from nominations.queries.calendar import calendar
from nominations.queries.case_facts import CaseRow
from nominations.queries.flows import active_flow_id, flow
from nominations.queries.routes import posts_at, route
from nominations.services.apply import Change, joined, outbox_values, task_values
from nominations.services.content import snapshot
from nominations.services.drafts import new_code
from nominations.services.effects.filing import results, revision
from nominations.services.effects.ground import Ground, require_file
from nominations.services.errors import InvalidInput
from nominations.services.holders import Address, address
from nominations.services.log import entry_parts, log_origin
from nominations.services.messages import Message
from nominations.services.statements import Part
from workflows import Case, Participation, Step, Workflow
from workflows.clocks import due_day
from workflows.flows import ruleset_on, tiers_on
from workflows.ledger import Act, Head, canonical_content, commitment
from workflows.separation import carried

RANKS = {"unit": 0, "commune": 0, "district": 1, "board": 2, "chairman": 3, "central": 4}
"""How high a level is: a file moves to a level that is no higher than where it is."""
NO_LONGER_COMPETENT = "no_longer_competent"


class Target(NamedTuple):
    """The other form's flow, the units of its stages, and the stage the linked file begins at."""

    workflow_id: int
    workflow: Workflow
    path: dict[str, int]
    stage: str


def move(g: Ground, change: Change) -> None:
    """End this file as replaced and open the linked one: submitted already, waiting for its first step."""
    require_file(g, "document_sha")
    target = _target(g, g.payload["form"])
    code = new_code(g.moment.today)
    change.payload["moved_to"] = code
    change.nomination["outcome"] = {"reason_code": "other_form", "stage": g.stage, "reasons": g.payload["reasons"]}
    _open(g, change, target, code)


def end(g: Ground, change: Change) -> None:
    """Nobody is competent any more: whoever sent the file up says so over their name, and it ends without an award."""
    stage = next((name for name, unit in g.case.path.items() if unit == g.case.letter_unit), g.case.entry_stage)
    post = g.accepted.post
    values = {
        "nomination_id": g.row.id,
        "stage": stage,
        "kind": "not_sent_up",
        "signer_id": g.moment.person_id,
        "signs_as": post.duty if post is not None else "head",
        "pair": g.accepted.pair,
        "side": g.accepted.side,
        "reason_code": NO_LONGER_COMPETENT,
        "reasons": g.payload["reasons"],
        "departs_from_vote": False,
        "signed_on": g.moment.today,
        "kind_series": "TB",
        "body_unit_id": g.case.letter_unit or g.case.proposing_unit,
        "revision_id": g.row.revision_id,
        "reviewed_sections": [],
        "created_at": g.moment.now,
    }
    change.parts.append(Part("decisions", values))
    change.nomination["outcome"] = {"reason_code": NO_LONGER_COMPETENT, "stage": stage}


def _target(g: Ground, form: str) -> Target:
    """Where the other form's file goes. Raises InvalidInput where it can go nowhere, with why."""
    today = g.moment.today
    if form == g.row.form:
        raise InvalidInput({"form": Message("same_form")})
    found = elsewhere(g.session, g.row, form)
    workflow_id = active_flow_id(g.session, form, ruleset_on(today), tiers_on(today))
    if workflow_id is None:
        raise InvalidInput({"form": Message("no_flow")})
    workflow = flow(g.session, workflow_id)
    wrong = _stands_against(g, workflow, found)
    if wrong is not None:
        raise InvalidInput({"form": wrong})
    way = route(g.session, workflow, found.unit, g.row.nominee_unit, today)
    if way is None or way.path.get(workflow.deciding_stage.name) in {None, g.row.nominee_unit}:
        raise InvalidInput({"form": Message("no_route")})
    stage = _begins_at(workflow, way.entry_stage, g.stage)
    if stage is None or stage not in way.path:
        raise InvalidInput({"form": Message("no_route")})
    return Target(workflow_id, workflow, way.path, stage)


def _stands_against(g: Ground, workflow: Workflow, found: Elsewhere) -> Message | None:
    if not found.in_round:
        return Message("form_not_in_round")
    if workflow.review_rounds_only and g.row.round_kind not in {"midterm", "final"}:
        return Message("round_not_a_review")
    return Message("duplicate_in_round", {"code": found.twin}) if found.twin is not None else None


def _begins_at(workflow: Workflow, entry: str, here: str) -> str | None:
    """The highest stage of the other form's way that is no higher than here, and that has its vote still before it."""
    climb: list[str] = []
    stage: str | None = entry
    while stage is not None:
        climb.append(stage)
        stage = workflow.stages[stage].next
    reached = [name for name in climb if RANKS[name] <= RANKS[here]]
    while len(reached) > 1 and not any(step.kind == "council" for step in workflow.stages[reached[-1]].steps):
        reached.pop()
    return reached[-1] if reached else None


def _open(g: Ground, change: Change, target: Target, code: str) -> None:
    """The linked file stands at its first step, its content and papers those of this one."""
    step = target.workflow.stages[target.stage].steps[0]
    sides = carried(target.workflow, target.stage, g.case.participations)
    at = _first_holder(g, target, step, sides)
    content = snapshot(_as(g.row, target.workflow.form), g.row.working, results(g))
    head, entry = _first_entry(g, target, code, step.state, content)
    number = g.batch.insert(change.parts, "nominations", _row(g, target, code, step.state) | head)
    sealed = g.batch.insert(change.parts, "revisions", revision(g, number, 1, content))
    reached = sorted({g.row.proposing_unit_id, target.path[target.stage], at.unit_id})
    change.parts += [
        Part("nominations", {"id": number, "revision_id": sealed, "revision_no": 1}, keys=("id",)),
        Part("nomination_links", {"nomination_id": number, "replaces_id": g.row.id}),
        *entry,
        *(joined(number, join) for join in sides),
        Part("tasks", task_values(g.moment, number, step.state, at, {"due_on": _due(g, step)})),
        *(Part("nomination_reach", _reach(g, number, unit), on_conflict="nothing") for unit in reached),
        *(Part("nomination_files", _paper(g, number, paper)) for paper in g.row.papers),
        Part("outbox", outbox_values(g.moment, code, _message(step.state, code, at))),
    ]


def _as(row: CaseRow, form: str) -> CaseRow:
    return replace(row, form=form)


def _first_holder(g: Ground, target: Target, step: Step, sides: tuple[Participation, ...]) -> Address:
    """To whom the first step goes; the posts there are known where the file has come through that unit."""
    row, unit = g.row, target.path[target.stage]
    if unit not in row.path.values():
        units = {*target.path.values(), row.nominee_unit or 0}
        row = replace(row, posts=posts_at(g.session, units, g.moment.today))
    return address(row, target.workflow, _case(g.case, target, step.state, sides), step, g.moment.today)


def _first_entry(
    g: Ground, target: Target, code: str, state: str, content: Mapping[str, Any]
) -> tuple[dict[str, Any], list[Part]]:
    """The first entry of the linked file's own chain, and what its row keeps of it."""
    salt, origin = secrets.token_bytes(32), g.moment.origin
    act = Act(
        log=log_origin(g.session),
        act="take_over",
        actor=origin.actor,
        post=g.accepted.post.ref if g.accepted.post is not None else origin.post,
        auth=origin.auth,
        nomination=code,
        to_state=state,
        ver=1,
        wf=target.workflow.sha256,
        snap=commitment(salt, canonical_content(content)),
        req=origin.request_id,
    )
    sealed, entry = entry_parts(Head(), g.moment.now, act, {"input": {"replaces": g.row.code}}, None)
    head = {"chain_seq": sealed.head.cseq, "chain_head": sealed.hash, "chain_at": sealed.head.at}
    return head | {"snap_salt": salt, "snap": act.snap}, entry


def _due(g: Ground, step: Step) -> date | None:
    return due_day(calendar(g.session), step, None, g.moment.today)


def _reach(g: Ground, number: int, unit: int) -> dict[str, Any]:
    return {"nomination_id": number, "unit_id": unit, "reached_at": g.moment.now}


def _paper(g: Ground, number: int, paper: Sequence[Any]) -> dict[str, Any]:
    kind, name, sha256 = paper
    placed = {"nomination_id": number, "sha256": sha256, "kind": kind, "section": "papers", "name": name}
    return placed | {"added_by": g.row.created_by, "added_at": g.moment.now}


def _message(state: str, code: str, at: Address) -> dict[str, Any]:
    said = {"code": code, "act": "take_over", "from": None, "to": state}
    return said | {"unit": at.unit_id, "duty": at.duty, "nobody_free": at.nobody_free}


def _case(case: Case, target: Target, state: str, sides: tuple[Participation, ...]) -> Case:
    """The linked file as the rules would see it, so that its first step finds somebody free."""
    return replace(
        case,
        form=target.workflow.form,
        state=state,
        entry_stage=target.stage,
        path=target.path,
        participations=sides,
        holder=None,
        returns=(),
        hold=None,
        tally=None,
        gone=frozenset(),
    )


def _row(g: Ground, target: Target, code: str, state: str) -> dict[str, Any]:
    """The linked file's own row, its content that of the file it takes the place of."""
    row = g.row
    stage, _, step = state.partition(".")
    return {
        "code": code,
        "round_id": row.round_id,
        "form": target.workflow.form,
        "nominee_id": row.nominee_id,
        "nominee_name": row.nominee_name,
        "nominee_folded": folded(row.nominee_name),
        "subject_kind": row.subject_kind,
        "subject_group": row.subject_group,
        "proposing_unit_id": row.proposing_unit_id,
        "entry_stage": target.stage,
        "state": state,
        "stage": stage,
        "step": step,
        "version": 1,
        "rule_set": target.workflow.rule_set,
        "workflow_id": target.workflow_id,
        "letter_unit_id": row.proposing_unit_id,
        "created_by": row.created_by,
        "created_at": g.moment.now,
        "updated_at": g.moment.now,
        "revision_no": 0,
        "working": row.working,
        "path": target.path,
        "reconfirm": [],
        "return_counts": {},
    }
