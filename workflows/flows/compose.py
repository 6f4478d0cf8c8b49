"""Makes the published bytes of one flow version from the TOML structure.

The bytes are canonical JSON (sorted keys, no blanks, UTF-8), so that the same structure always has the same SHA-256.
"""

from __future__ import annotations

import json
from datetime import date
from typing import Any, NamedTuple

from workflows.catalogue import document

Raw = dict[str, Any]


class FlowKey(NamedTuple):
    """Which flow: the award form, the rule set its law comes from, and the tiers of government its route has."""

    form: str
    rule_set: str
    tiers: int


def flow_keys() -> tuple[FlowKey, ...]:
    """Every flow that exists: a form under each rule set and route where it has an issuer."""
    forms = document("forms")["forms"]
    return tuple(FlowKey(form, rule, tiers) for form, raw in forms.items() for rule, tiers in raw["versions"])


class FlowValues(NamedTuple):
    """What an administrator may change in a flow: papers, working days of steps, how councils count, opinions asked.

    ``papers``: kind, label, subjects, groups, required, needed_at, only_for, source. ``deadlines``: step (a state),
    working_days, source. ``ballots``, those that were changed: stage, and the values of `BALLOT_VALUES`. ``opinions``:
    kind, label, stages, subjects, groups, circumstances, required, bodies, reviews, and the terms with their source.
    """

    papers: tuple[Raw, ...] = ()
    deadlines: tuple[Raw, ...] = ()
    ballots: tuple[Raw, ...] = ()
    opinions: tuple[Raw, ...] = ()


NO_VALUES = FlowValues()
BALLOT_VALUES = (
    "threshold_percent", "strict", "quorum", "barred_in_quorum", "barred_in_threshold", "source", "quorum_source",
    "base_source",
)  # fmt: skip


def compose(key: FlowKey, values: FlowValues = NO_VALUES) -> bytes:
    """The canonical bytes of ``key`` with ``values``. Raises KeyError for a flow that does not exist."""
    if key not in flow_keys():
        raise KeyError(f"no such flow: {key}")
    forms = document("forms")
    form = forms["forms"][key.form]
    skipped = set(forms["tiers"][str(key.tiers)].get("skip", ()))
    names = [name for name in form["stages"] if name not in skipped]
    flow: Raw = {
        "format": 1,
        "form": key.form,
        "rule_set": key.rule_set,
        "tiers": key.tiers,
        "label": form["label"],
        "valid": _validity(forms, key),
        "competent": form["competent"],
        "entries": _entries(form["entries"], names),
        "stages": [_stage(name, names, form, values.ballots) for name in names],
        "pairs": [_pair(raw, single_officer=form.get("single_officer", False)) for raw in forms["pairs"]],
        "papers": list(values.papers),
        "deadlines": list(values.deadlines),
        "opinions": list(values.opinions),
        "review_rounds_only": key.rule_set in form.get("review_rounds_only", ()),
        "basis": document("basis")[key.rule_set],
        "source": form["source"],
    }
    if values.ballots:
        flow["ballots"] = list(values.ballots)
    return canonical(flow)


def canonical(flow: Raw) -> bytes:
    """Canonical JSON of a flow document."""
    return json.dumps(flow, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=str).encode()


def _validity(forms: Raw, key: FlowKey) -> Raw:
    """From when to when a file may start under this flow; a flow that only finishes files has no last day."""
    rules, tiers = forms["rule_sets"][key.rule_set], forms["tiers"][str(key.tiers)]
    start: date = max(rules["valid_from"], tiers["valid_from"])
    end: date = min(rules.get("valid_to", date.max), tiers.get("valid_to", date.max))
    return {"from": start, "to": end if start <= end < date.max else None}


def _entries(entries: Raw, names: list[str]) -> Raw:
    """Where each kind of proposer enters; a commune that is itself the nominee enters one stage higher."""
    kept = {kind: stage for kind, stage in entries.items() if stage in names}
    above = [name for name in names if name not in {"unit", "commune"}]
    if "commune" in kept and above:
        kept["commune_as_nominee"] = above[0]
    return kept


def _stage(name: str, names: list[str], form: Raw, ballots: tuple[Raw, ...]) -> Raw:
    raw = document("stages")[name]
    deciding = name == form["decides"]
    ballot = form.get("ballot_at", {}).get(name, form["ballot"])
    changed: Raw = next((row for row in ballots if row["stage"] == name), {})
    return {
        "name": name,
        "label": raw["label"],
        "plain": raw["plain"],
        "deciding": deciding,
        "series": raw.get("award_series", raw["series"]) if deciding else raw["series"],
        "council": raw["council"],
        "ballot": document("forms")["ballots"][ballot] | {key: changed[key] for key in BALLOT_VALUES if key in changed},
        "recorders": raw["recorders"],
        "next": None if deciding else _next(raw["next"], names),
        "steps": [_step(name, step) for step in raw["steps"]],
        "source": raw["source"],
    }


def _next(name: str, names: list[str]) -> str:
    """The next stage of this route: the one named, or the one above it where the route has none."""
    while name not in names:
        name = document("stages")[name]["next"]
    return name


def _step(stage: str, name: str) -> Raw:
    override = document("stages")["override"].get(f"{stage}.{name}", {})
    raw = document("steps")[name] | override
    return {"name": name, "kind": name} | {
        key: raw[key] for key in ("duty", "holders", "reviews", "substitutes", "label", "plain", "source")
    }


def _pair(raw: Raw, *, single_officer: bool) -> Raw:
    mode = raw.get("single_officer_mode", "refuse") if single_officer else "refuse"
    return {key: raw[key] for key in ("name", "sides", "source")} | {
        "mode": mode,
        "scopes": raw.get("scopes", {}),
    }
