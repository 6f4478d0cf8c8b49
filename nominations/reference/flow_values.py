"""The papers, deadlines and opinions of one flow, as the plain rows a flow is composed from.

``workflows.flows.compose`` takes them as its first values; what an administrator changes later is a new version.
"""

from __future__ import annotations

from typing import Any

from nominations.reference.consultations import load_consultations
from nominations.reference.papers import load_deadlines, load_papers, load_total_deadlines

EXPECTED = {"central": "central.pending"}  # a stage outside the province -> the step in which its result is awaited
_THREE_TIERS = 3


def flow_papers(form: str, rule_set: str, tiers: int) -> tuple[dict[str, Any], ...]:
    """The papers of the flow of ``form`` under ``rule_set`` on a route of ``tiers`` tiers of local government."""
    return tuple(
        {
            "kind": paper.kind,
            "label": {"vi": paper.label.vi, "en": paper.label.en},
            "subjects": list(paper.subjects),
            "groups": list(paper.groups),
            "required": paper.required,
            "needed_at": paper.needed_at,
            "only_for": paper.only_for,
            "source": paper.source,
        }
        for paper in load_papers()
        if form in paper.forms and rule_set in paper.rule_sets and _on_route(paper.needed_at, tiers)
    )


def flow_deadlines(form: str, rule_set: str, tiers: int) -> tuple[dict[str, Any], ...]:
    """The working days of each step of the flow; ``step`` is the step's state, such as ``board.appraisal``.

    What the centre may take is among them: a result is expected by it, and nobody is late by it.
    """
    steps = tuple(
        {
            "step": f"{deadline.stage}.{deadline.step}",
            "working_days": deadline.working_days,
            "source": deadline.source,
        }
        for deadline in load_deadlines()
        if form in deadline.forms and rule_set in deadline.rule_sets and _on_route(deadline.stage, tiers)
    )
    expected = tuple(
        {"step": EXPECTED[stage], "working_days": total.working_days, "source": total.source}
        for total in load_total_deadlines()
        for stage in total.stages
        if total.expected_only and form in total.forms and rule_set in total.rule_sets
    )
    return steps + expected


def flow_opinions(form: str, rule_set: str, tiers: int) -> tuple[dict[str, Any], ...]:
    """Whose opinion the flow asks for or proposes, at the stages of its route, each on its terms."""
    return tuple(
        {
            "kind": one.terms.kind,
            "label": {"vi": one.terms.label.vi, "en": one.terms.label.en},
            "stages": [stage for stage in one.stages if _on_route(stage, tiers)],
            "subjects": list(one.subjects),
            "groups": list(one.groups),
            "circumstances": list(one.circumstances),
            "required": one.required,
            "bodies": list(one.bodies),
            "reviews": list(one.terms.reviews),
            "working_days": one.terms.working_days,
            "days_source": one.terms.days_source,
            "silence": one.terms.silence,
            "silence_source": one.terms.silence_source,
            "clock": one.terms.clock,
            "lengthens_by": one.terms.lengthens_by,
            "clock_source": one.terms.clock_source,
            "source": one.source,
        }
        for one in load_consultations()
        if form in one.forms and rule_set in one.rule_sets and any(_on_route(stage, tiers) for stage in one.stages)
    )


def _on_route(stage: str, tiers: int) -> bool:
    """Whether the stage is on the route: a district only where there are three tiers."""
    return stage != "district" or tiers == _THREE_TIERS
