"""The calculator of the plan's quantitative criteria: open to everybody, computed by the very rules files are."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from nominations.api.call import Answer, Call
from nominations.extensions import db_session
from nominations.queries.criteria import settings_of
from nominations.queries.reference import newest_movement
from workflows.assessments import as_json
from workflows.eligibility import evaluate
from workflows.poverty import MovementSettings, UnitFacts, YearFigure


def tool_eligibility(call: Call) -> Answer:
    """One criterion for a unit and its yearly figures: the result, its working, the settings it rests on."""
    body = call.body
    unit = UnitFacts(body["unit"].get("poor_district"), body["unit"].get("area_class"))
    figures = [_figure(raw) for raw in body["figures"]]
    movement = newest_movement(db_session())
    settings = settings_of(db_session(), movement) if movement is not None else MovementSettings()
    return Answer(as_json(evaluate(body["criterion"], unit, figures, settings), call.lang))


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
