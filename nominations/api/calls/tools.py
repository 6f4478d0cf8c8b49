"""The calculator of the plan's quantitative criteria: open to everybody, computed by the very rules files are."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from nominations.api.call import Answer, Call
from nominations.extensions import db_session
from nominations.queries.calculators import eligibility
from workflows.assessments import as_json
from workflows.poverty import UnitFacts, YearFigure


def tool_eligibility(call: Call) -> Answer:
    """One criterion for a unit and its yearly figures: the result, its working, the settings it rests on."""
    body = call.body
    unit = UnitFacts(body["unit"].get("poor_district"), body["unit"].get("area_class"))
    figures = [_figure(raw) for raw in body["figures"]]
    return Answer(as_json(eligibility(db_session(), body["criterion"], unit, figures), call.lang))


def _figure(raw: dict[str, Any]) -> YearFigure:
    rate = raw.get("rate")
    return YearFigure(
        year=raw["year"],
        households=raw.get("households"),
        poor=raw.get("poor"),
        near_poor=raw.get("near_poor"),
        rate=None if rate is None else Decimal(str(rate).replace(",", ".")),
        standard=raw.get("standard"),
        status=raw.get("status") or "official",
        decision_ref=raw.get("decision_ref"),
    )
