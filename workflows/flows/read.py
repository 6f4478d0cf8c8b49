"""Turns published bytes into the ``Workflow`` the rules use."""

from __future__ import annotations

import hashlib
import json
from datetime import date
from typing import Any

from workflows.flow import Ballot, Consultation, Pair, Paper, Stage, Step, Substitute, Workflow
from workflows.flows.proofs import BrokenFlowError, prove

Raw = dict[str, Any]


def read(content: bytes) -> Workflow:
    """The flow in ``content``. Raises BrokenFlowError, with a sentence for each proof that fails."""
    try:
        raw: Raw = json.loads(content)
        workflow = _workflow(raw, hashlib.sha256(content).hexdigest())
        prove(workflow, raw)
    except BrokenFlowError:
        raise
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise BrokenFlowError("unread", (f"It does not have the form of a flow: {error!r}.",)) from error
    return workflow


def _workflow(raw: Raw, sha256: str) -> Workflow:
    days = {row["step"]: int(row["working_days"]) for row in raw["deadlines"]}
    stages = {stage["name"]: _stage(stage, days) for stage in raw["stages"]}
    return Workflow(
        form=raw["form"],
        rule_set=raw["rule_set"],
        tiers=raw["tiers"],
        sha256=sha256,
        label=raw["label"],
        valid_from=date.fromisoformat(raw["valid"]["from"]),
        valid_to=_day(raw["valid"]["to"]),
        competent_stage=raw["competent"],
        entries=raw["entries"],
        stages=stages,
        steps={step.state: step for stage in stages.values() for step in stage.steps},
        pairs=tuple(_pair(pair) for pair in raw["pairs"]),
        papers=tuple(_paper(paper) for paper in raw["papers"]),
        review_rounds_only=raw["review_rounds_only"],
        basis=tuple(raw["basis"]),
        # Versions published before opinions were part of a flow ask for none.
        consultations=tuple(_consultation(one) for one in raw.get("opinions", ())),
    )


def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)


def _stage(raw: Raw, days: dict[str, int]) -> Stage:
    return Stage(
        name=raw["name"],
        label=raw["label"],
        plain=raw["plain"],
        steps=tuple(_step(raw, step, days) for step in raw["steps"]),
        deciding=raw["deciding"],
        series=raw["series"],
        council=raw["council"],
        ballot=_ballot(raw["ballot"]),
        recorders=tuple(raw["recorders"]),
        next=raw["next"],
    )


def _step(stage: Raw, raw: Raw, days: dict[str, int]) -> Step:
    kind = raw["kind"]
    duty = raw["duty"]
    if kind == "signature":
        kind = "award_signature" if stage["deciding"] else "letter_signature"
        duty = "decide" if stage["deciding"] else "sign"
    return Step(
        stage=stage["name"],
        name=raw["name"],
        kind=kind,
        duty=duty,
        holders=tuple(raw["holders"]),
        reviews=tuple(raw["reviews"]),
        substitutes=tuple(Substitute(sub["duty"], sub.get("stage", "")) for sub in raw["substitutes"]),
        label=raw["label"],
        plain=raw["plain"],
        working_days=days.get(f"{stage['name']}.{raw['name']}"),
    )


def _ballot(raw: Raw) -> Ballot:
    numerator, denominator = raw["quorum"]
    return Ballot(
        threshold_percent=raw["threshold_percent"],
        strict=raw["strict"],
        quorum_numerator=numerator,
        quorum_denominator=denominator,
        binding=raw["binding"],
        source=raw["source"],
        # Versions published before this was a value counted every member, and are read as they were.
        barred_in_quorum=raw.get("barred_in_quorum", True),
        quorum_source=str(raw.get("quorum_source", raw["source"])),
        barred_in_threshold=raw.get("barred_in_threshold", True),
        base_source=str(raw.get("base_source", raw["source"])),
    )


def _pair(raw: Raw) -> Pair:
    sides = {side: tuple(duties) for side, duties in raw["sides"].items()}
    return Pair(raw["name"], sides, raw["mode"], raw["scopes"], raw["source"])


def _consultation(raw: Raw) -> Consultation:
    return Consultation(
        kind=raw["kind"],
        label=raw["label"],
        stages=tuple(raw["stages"]),
        subjects=tuple(raw["subjects"]),
        groups=tuple(raw["groups"]),
        circumstances=frozenset(raw["circumstances"]),
        required=raw["required"],
        bodies=tuple(raw["bodies"]),
        reviews=tuple(raw["reviews"]),
        working_days=int(raw["working_days"]),
        goes_on=raw["silence"] == "goes_on",
        clock=raw["clock"],
        lengthens_by=int(raw["lengthens_by"]),
        source=raw["source"],
    )


def _paper(raw: Raw) -> Paper:
    return Paper(
        kind=raw["kind"],
        label=raw["label"],
        subjects=tuple(raw["subjects"]),
        groups=tuple(raw["groups"]),
        required=raw["required"],
        needed_at=raw["needed_at"],
        only_for=raw["only_for"] or "",
        source=raw["source"],
    )
