"""Quotas of a round: how many may be awarded, or proposed to the centre; a hard one stops, a soft one asks why.

A place is taken by the signature that decides the form, or by the letter that leaves the province for one that the
centre decides. Source: facts 2.9: the plan sets no quota, a round may.
"""

from __future__ import annotations

from workflows.flow import Workflow
from workflows.model import Quota, Refused
from workflows.question import Question


def counts_at(workflow: Workflow, stage: str) -> str | None:
    """The act that takes a place at ``stage``: award, or send_up where the centre comes next; None for neither."""
    found = workflow.stages[stage]
    if found.deciding:
        return "award" if any(step.kind == "award_signature" for step in found.steps) else None
    above = workflow.stages.get(found.next or "")
    return "send_up" if above is not None and above.steps[0].kind == "pending" else None


def takes(q: Question) -> bool:
    """Whether the act takes a place."""
    return q.step is not None and q.outcome == counts_at(q.workflow, q.step.stage)


def full(q: Question) -> tuple[Quota, ...]:
    """The quotas that have no place left for this file; one that the file has a place in already counts it."""
    return tuple(one for one in q.case.quotas if not one.has_place and one.taken >= one.most) if takes(q) else ()


def quota_full(q: Question) -> Refused | None:
    """A hard quota has no place left; a soft one is gone beyond only with a reason."""
    over = full(q)
    hard = next((one for one in over if one.hard), None)
    if hard is not None:
        return Refused("quota_full", _said(q, hard))
    if over and not q.act.reason_code and not q.act.ask:
        return Refused("quota_needs_reason", _said(q, over[0]))
    return None


def warnings(q: Question) -> tuple[Refused, ...]:
    """Soft quotas that this act would go beyond."""
    return tuple(Refused("quota_over", _said(q, one)) for one in full(q))


def _said(q: Question, quota: Quota) -> dict[str, str]:
    return {"form": q.case.form, "place": quota.place, "taken": str(quota.taken), "most": str(quota.most)}
