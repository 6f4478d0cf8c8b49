"""The calculators, open to everybody: criteria, bonus, working days, computed by the very rules files are."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from nominations.api.call import Answer, Call
from nominations.api.problems import invalid
from nominations.extensions import db_session
from nominations.queries import calculators
from nominations.services.messages import Message
from nominations.services.payloads import day
from workflows.assessments import as_json
from workflows.bonus import Manual
from workflows.poverty import UnitFacts, YearFigure
from workflows.workdays import NamedDay


def tool_eligibility(call: Call) -> Answer:
    """One criterion for a unit and its yearly figures: the result, its working, the settings it rests on."""
    body = call.body
    unit = UnitFacts(body["unit"].get("poor_district"), body["unit"].get("area_class"))
    figures = [_figure(raw) for raw in body["figures"]]
    return Answer(as_json(calculators.eligibility(db_session(), body["criterion"], unit, figures), call.lang))


def tool_bonus(call: Call) -> Answer:
    """The amount with the factors it is made of, or why it is to be entered by hand."""
    forms = calculators.known_forms(db_session())
    if call.query["form"] not in forms:
        raise invalid({"form": Message("not_choice", {"choices": ", ".join(forms)}).text(call.lang)})
    found = calculators.bonus(db_session(), **call.query)
    if isinstance(found, Manual):
        return Answer({"manual": True, "why": found.why(call.lang)})
    names = ("amount_vnd", "coefficient", "base_salary_vnd", "multiplier", "basis")
    return Answer({name: getattr(found, name) for name in names})


def tool_deadline(call: Call) -> Answer:
    """The last working day, and the days on the way that were no ordinary ones."""
    likely = day(call.query["complete_on"])
    if isinstance(likely, Message):
        raise invalid({"complete_on": likely.text(call.lang)})
    found = calculators.due(db_session(), **call.query)
    said = {"due_on": found.due_on, "skipped": _days(call, found.skipped), "extra": _days(call, found.extra)}
    unknown = {"unknown_years": list(found.unknown_years)} if found.unknown_years else {}
    return Answer(said | unknown)


def _days(call: Call, days: Sequence[NamedDay]) -> list[dict[str, Any]]:
    return [{"on": named.on, "why": named.why(call.lang)} for named in days]


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
