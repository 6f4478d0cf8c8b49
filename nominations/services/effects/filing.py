"""Drafting: what is typed, what a submission seals, what sending in again reopens and closes."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Any

from nominations.names import folded
from nominations.queries.cases import open_returns
from nominations.queries.criteria import assess
from nominations.services.apply import Change
from nominations.services.content import checked_content, snapshot
from nominations.services.effects.ground import Ground
from nominations.services.effects.voiding import void
from nominations.services.errors import InvalidInput
from nominations.services.holders import waits_for
from nominations.services.messages import Message
from nominations.services.statements import Part
from workflows import RETURNED
from workflows.assessments import freeze
from workflows.ledger import canonical_content, commitment
from workflows.reviewed import changes


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
        again = _to_confirm_again(g, stack[-1].mode, changed) if len(stack) == 1 else ()
        void(g, change, changed, [stage for stage in again if stage not in g.row.reconfirm])
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


def _seal(g: Ground, change: Change) -> frozenset[str]:
    """Write the next revision, if it says anything else than the last one; the sections and values that differ."""
    content = snapshot(g.row, g.row.working, results(g))
    hashes = digests(content)
    changed = changes(dict(g.row.revision_sections or {}), hashes)
    if changed:
        number = g.row.revision_no + 1
        revision_id = g.batch.insert(change.parts, "revisions", revision(g, g.row.id, number, content))
        change.nomination |= {"revision_id": revision_id, "revision_no": number}
        change.payload["revision"] = number
    commit_to(g, change, content)
    return changed


def results(g: Ground) -> dict[str, Any]:
    """How the file stands against its criteria this year, frozen with what it says."""
    assessment = assess(g.session, g.row, g.moment.today)
    return {
        "criteria": {part.criterion.code: part.state.value for part in assessment.lines},
        "computed": [freeze(part.assessment) for part in assessment.lines if part.assessment is not None],
    }


def revision(g: Ground, nomination_id: int, number: int, content: Mapping[str, Any]) -> dict[str, Any]:
    """The row of a revision, by whoever acts."""
    body = canonical_content(content)
    return {
        "nomination_id": nomination_id,
        "number": number,
        "content": body,
        "sha256": hashlib.sha256(body).hexdigest(),
        "sections": digests(content),
        "created_by": g.moment.person_id,
        "created_at": g.moment.now,
    }


def digests(content: Mapping[str, Any]) -> dict[str, str]:
    """A SHA-256 for each section, and for each of its values as ``section.value``; of the papers, for each kind."""
    papers: dict[str, list[Any]] = {}
    for paper in content["papers"]:
        papers.setdefault(paper["kind"], []).append(paper)
    parts: dict[str, Any] = {name: content[name] for name in _SECTIONS}
    for name in _SECTIONS:
        values = papers if name == "papers" else content[name]
        parts |= {f"{name}.{value}": said for value, said in values.items()}
    return {name: hashlib.sha256(canonical_content(said)).hexdigest() for name, said in parts.items()}


_SECTIONS = ("nominee", "criteria", "report", "proposal", "papers")


def _deepest(g: Ground) -> int:
    """Where the innermost open return stands in the row's list."""
    depths = [int(raw[6]) for raw in g.row.returns]
    return depths.index(max(depths))


def _to_confirm_again(g: Ground, mode: str, changed: frozenset[str]) -> list[str]:
    """After a direct return: the levels the file had passed confirm what they attested and what has changed since."""
    if mode != "direct" or not changed & {"criteria", "nominee"}:
        return list(g.row.reconfirm)
    climbed: list[str] = []
    stage: str | None = g.case.entry_stage
    while stage is not None and stage != g.stage and stage in g.workflow.stages:
        climbed.append(stage)
        stage = g.workflow.stages[stage].next
    return climbed
