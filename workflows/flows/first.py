"""The first version of every flow, compiled from the TOML, and which rule set and route a day belongs to."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cache
from typing import Any

from workflows.catalogue import document
from workflows.flow import Workflow
from workflows.flows.compose import FlowKey, compose, flow_keys
from workflows.flows.read import read


@cache
def first_flows() -> Mapping[FlowKey, Workflow]:
    """Every first version, proved. Raises BrokenFlowError when the catalogue is unsound."""
    return {key: read(compose(key)) for key in flow_keys()}


def ruleset_on(day: date) -> str:
    """The rule set that governs a complete file received on ``day`` (facts 0). Raises LookupError before it begins."""
    return _named(document("forms")["rule_sets"], day)


def tiers_on(day: date) -> int:
    """The tiers of government that exist on ``day`` (facts 3). Raises LookupError before the first."""
    return int(_named(document("forms")["tiers"], day))


def _named(spans: Mapping[str, Any], day: date) -> str:
    for name, span in spans.items():
        if span["valid_from"] <= day <= span.get("valid_to", date.max):
            return name
    raise LookupError(f"nothing is in force on {day.isoformat()}")
