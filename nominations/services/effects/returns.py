"""A file that goes back down: returned, passed on, sent in again, confirmed again."""

from __future__ import annotations

from nominations.queries.cases import APPROVED
from nominations.services.apply import Change, under
from nominations.services.effects.ground import Ground, require_file
from nominations.services.errors import InvalidInput
from nominations.services.holders import Address, waits_for
from nominations.services.messages import Message
from nominations.services.statements import Part
from workflows import step_state
from workflows.permissions import specialists
from workflows.sentences import SECTIONS

CENTRE = "central.pending"


def return_file(g: Ground, change: Change) -> None:
    """All faults at once, the sections that reopen, and to whom: the unit of the current letter, or the nominator.

    What the centre sends back comes with its paper.
    """
    if g.accepted.from_state == CENTRE and "document_sha" not in g.payload:
        raise InvalidInput({"document_sha": Message("needs_central_paper")})
    require_file(g, "document_sha")
    mode = g.payload.get("mode", "chain")
    holder = _return_to(g, mode)
    change.holder = holder
    counts = dict(g.row.return_counts)
    counts[g.stage] = int(counts.get(g.stage, 0)) + 1
    counts[APPROVED] = [stage for stage in counts.get(APPROVED, ()) if stage != g.stage]
    sections = _sections_of(g)
    change.nomination |= {"return_counts": counts, "sections_open": sections}
    part = _return_part(g, 1, holder, mode, sections, g.payload["faults"], g.unit)
    paper = {"document_sha": g.payload.get("document_sha")}
    change.parts.append(part._replace(values=dict(part.values) | paper))
    change.reaches.add(holder.unit_id)


def pass_down(g: Ground, change: Change) -> None:
    """The holder hands the file on to whoever sent it to them; one more level on the stack."""
    held = g.case.returns[-1]
    below = _below(g, held.holder.unit)
    sections = [s for s in g.payload.get("sections", held.sections) if s in held.sections] or list(held.sections)
    change.holder = below
    change.nomination["sections_open"] = sections
    faults: list[dict[str, str]] = []
    if g.payload.get("reasons"):
        faults = [{"code": "other", "note": g.payload["reasons"], "section": sections[0]}]
    depth = len(g.case.returns) + 1
    change.parts.append(_return_part(g, depth, below, "passed_down", sections, faults, held.holder.unit))
    change.reaches.add(below.unit_id)


def approve_return(g: Ground, change: Change) -> None:
    """The head lets this stage return the file once more."""
    counts = dict(g.row.return_counts)
    counts[APPROVED] = sorted({*counts.get(APPROVED, ()), g.stage})
    change.nomination["return_counts"] = counts


def reconfirm(g: Ground, change: Change) -> None:
    """The level stands by the changed values again."""
    unit = g.accepted.post.unit if g.accepted.post is not None else None
    change.nomination["reconfirm"] = [s for s in g.row.reconfirm if g.case.path.get(s) != unit]


def _return_to(g: Ground, mode: str) -> Address:
    """In the chain: who checks at the level whose letter brought it here; else who files for the proposer.

    A level that has ended since is passed by: the chain is the one of today's route.
    """
    below = _stages_below(g)
    if mode == "chain" and below:
        return waits_for(g.row, g.case.path[below[-1]], specialists(g.workflow, below[-1])[0])
    return waits_for(g.row, g.row.proposing_unit_id, "nominator")


def _below(g: Ground, unit: int) -> Address:
    """Who sent the file to the stage at ``unit``: the stage under it on this file's way, else the nominator."""
    stages = _stages_below(g)
    here = next((stage for stage in stages if g.case.path[stage] == unit), None)
    if here is not None and stages.index(here) > 0:
        below = stages[stages.index(here) - 1]
        return waits_for(g.row, g.case.path[below], specialists(g.workflow, below)[0])
    return waits_for(g.row, g.row.proposing_unit_id, "nominator")


def _stages_below(g: Ground) -> list[str]:
    """The stages this file has climbed, from its entry up to the one before the present."""
    climbed: list[str] = []
    stage: str | None = g.row.entry_stage
    while stage is not None and stage != g.stage and stage in g.workflow.stages:
        climbed.append(stage)
        stage = g.workflow.stages[stage].next
    return climbed


def _return_part(
    g: Ground, depth: int, holder: Address, mode: str, sections: list[str], faults: list[dict[str, str]], by_unit: int
) -> Part:
    values = {
        "nomination_id": g.row.id,
        "depth": depth,
        "from_state": step_state(g.accepted.from_state),
        "by_unit_id": by_unit,
        "by_person": g.moment.person_id,
        "holder_unit_id": holder.unit_id,
        "holder_duty": holder.duty,
        "mode": mode,
        "sections": sections,
        "faults": faults,
        "opened_at": g.moment.now,
        "delegation_id": under(g.accepted),
    }
    return Part("returns", values)


def _sections_of(g: Ground) -> list[str]:
    """The named sections, with those of the faults: a fault reopens the section it is in."""
    named = set(g.payload["sections"]) | {fault["section"] for fault in g.payload["faults"]}
    return [section for section in SECTIONS if section in named]
