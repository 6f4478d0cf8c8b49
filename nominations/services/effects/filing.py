"""Drafting: what is typed, what a submission seals, what sending in again reopens and closes."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Any

from sqlalchemy import select

from nominations.models.work import Opinion
from nominations.names import folded
from nominations.queries.cases import open_returns
from nominations.queries.criteria import assess
from nominations.services.apply import Change
from nominations.services.content import checked_content, snapshot
from nominations.services.effects.councils import void_vote
from nominations.services.effects.ground import Ground
from nominations.services.errors import InvalidInput
from nominations.services.holders import waits_for
from nominations.services.messages import Message
from nominations.services.statements import Part
from workflows import RETURNED
from workflows.assessments import freeze
from workflows.ledger import canonical_content, commitment


def save(g: Ground, change: Change) -> None:
    """The sections given replace those of the working copy; in a returned file only the reopened ones."""
    sections, errors = checked_content(g.payload["content"], g.row.subject_kind)
    if g.row.state.endswith(RETURNED):
        reopened = set(g.row.sections_open or ())
        errors |= {name: Message("closed_section") for name in sections if name not in reopened}
    if errors:
        raise InvalidInput(errors)
    if "nominee" in sections:
        _name(g, change, sections["nominee"])
    working = dict(g.row.working) | sections
    change.payload["input"] = {"sections": sorted(sections)}  # what they say is the snapshot's
    change.nomination["working"] = working
    commit_to(g, change, snapshot(g.row, working))


def _name(g: Ground, change: Change, nominee: dict[str, Any]) -> None:
    """A file always says whom it is for; lists and search follow a name that is put right, but a unit keeps its own."""
    if g.row.nominee_unit is not None or "name" not in nominee:
        nominee["name"] = g.row.nominee_name
    elif nominee["name"] != g.row.nominee_name:
        change.nomination |= {"nominee_name": nominee["name"], "nominee_folded": folded(nominee["name"])}


def submit(g: Ground, change: Change) -> None:
    """The content is sealed as a revision; the nominees are on the nominee's side from here on."""
    _seal(g, change)
    change.nomination |= {
        "entry_stage": g.case.entry_stage,
        "path": dict(g.case.path),
        "letter_unit_id": g.row.proposing_unit_id,
        "rule_set": g.workflow.rule_set,
    }


def resubmit(g: Ground, change: Change) -> None:
    """Pops one return: back to who passed it down, or to the step that returned it, with a new revision if changed."""
    stack = open_returns(g.row)
    top = g.row.returns[_deepest(g)]
    change.parts.append(Part("returns", {"id": top[0], "closed_at": g.moment.now}, keys=("id",)))
    changed = _seal(g, change)
    if changed:
        void_vote(g, change, changed)
        _void_opinions(g, change, changed)
    if len(stack) > 1:
        below = stack[-2]
        change.holder = waits_for(g.row, below.holder.unit, below.holder.duty)
        change.nomination["sections_open"] = list(below.sections)
    else:
        change.nomination |= {"sections_open": None, "reconfirm": _to_confirm_again(g, stack[-1].mode, changed)}


def commit_to(g: Ground, change: Change, content: Mapping[str, Any]) -> None:
    """The entry's ``snap``: a commitment under the case's salt to what the file says now."""
    change.snap = commitment(g.row.snap_salt, canonical_content(content))
    change.nomination["snap"] = change.snap


def _void_opinions(g: Ground, change: Change, changed: set[str]) -> None:
    """Opinions given at this level on what has changed no longer stand; levels below send it in or confirm it anew."""
    given = g.session.execute(
        select(Opinion.id, Opinion.reviewed_sections).where(
            Opinion.nomination_id == g.row.id, Opinion.stage == g.stage, Opinion.voided_by.is_(None)
        )
    ).all()
    for opinion in given:
        if changed & set(opinion.reviewed_sections):
            voided = {"id": opinion.id, "voided_by": change.nomination["revision_id"]}
            change.parts.append(Part("opinions", voided, keys=("id",)))


def _seal(g: Ground, change: Change) -> set[str]:
    """Write the next revision, if it says anything else than the last one; the sections that differ."""
    assessment = assess(g.session, g.row, g.moment.today)
    results = {
        "criteria": {part.criterion.code: part.state.value for part in assessment.lines},
        "computed": [freeze(part.assessment) for part in assessment.lines if part.assessment is not None],
    }
    content = snapshot(g.row, g.row.working, results)
    body = canonical_content(content)
    hashes = {name: hashlib.sha256(canonical_content(content[name])).hexdigest() for name in _SECTIONS}
    before = dict(g.row.revision_sections or {})
    changed = {name for name, digest in hashes.items() if before.get(name) != digest}
    if changed:
        number = g.row.revision_no + 1
        values = {
            "nomination_id": g.row.id,
            "number": number,
            "content": body,
            "sha256": hashlib.sha256(body).hexdigest(),
            "sections": hashes,
            "created_by": g.moment.person_id,
            "created_at": g.moment.now,
        }
        revision_id = g.batch.insert(change.parts, "revisions", values)
        change.nomination |= {"revision_id": revision_id, "revision_no": number}
        change.payload["revision"] = number
    commit_to(g, change, content)
    return changed


_SECTIONS = ("nominee", "criteria", "report", "proposal", "papers")


def _deepest(g: Ground) -> int:
    """Where the innermost open return stands in the row's list."""
    depths = [int(raw[6]) for raw in g.row.returns]
    return depths.index(max(depths))


def _to_confirm_again(g: Ground, mode: str, changed: set[str]) -> list[str]:
    """After a direct return: the levels the file had passed confirm what they attested and what has changed since."""
    if mode != "direct" or not changed & {"criteria", "nominee"}:
        return list(g.row.reconfirm)
    climbed: list[str] = []
    stage: str | None = g.case.entry_stage
    while stage is not None and stage != g.stage and stage in g.workflow.stages:
        climbed.append(stage)
        stage = g.workflow.stages[stage].next
    return climbed
