"""The calculator of the plan's quantitative criteria: for officials, without signing in; the result has an address."""

from __future__ import annotations

from typing import Any

from flask import request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from wtforms import Form

from nominations.extensions import current_clock, db_session
from nominations.queries import reference
from nominations.queries.calculators import eligibility
from nominations.web.access import public
from nominations.web.ground import lang, page
from nominations.web.public.blueprint import blueprint, tabs
from nominations.web.public.calculator_form import CELLS, YEARS, calculator_form, figures_of, unit_of
from workflows.eligibility import COMMUNE, DISTRICT, QUANTITATIVE

EXACTLY_HALF = {
    "criterion": COMMUNE, "area_class": "III",
    "year1": 2021, "households1": 800, "poor1": 180, "near_poor1": 60,
    "year5": 2025, "households5": 820, "poor5": 90, "near_poor5": 30,
}  # fmt: skip
THREE_YEARS = {
    "criterion": DISTRICT, "poor_district": "1",
    "year1": 2021, "rate1": "38,20", "year2": 2022, "rate2": "31,90",
    "year3": 2023, "rate3": "25,60", "year4": 2024, "rate4": "19,60",
}  # fmt: skip


@blueprint.get("/cong-cu")
@public
def calculator() -> ResponseReturnValue:
    """Ask for the figures, or show what they come to and how; wrong input stays beside its sentence."""
    asked = "criterion" in request.args
    form = calculator_form(request.args)
    good = asked and form.validate()
    return page(
        "public/calculator.html",
        422 if asked and not good else 200,
        tabs=tabs(),
        form=form,
        rows=range(len(YEARS)),
        cells=CELLS,
        texts=_texts(),
        answer=_answer(form) if good else None,
        examples=[
            (_("xã khu vực III giảm đúng 50 % (chưa đạt, vì phải trên 50 %)"), _address(EXACTLY_HALF)),
            (_("xã khu vực III giảm vừa trên 50 %"), _address(EXACTLY_HALF | {"poor5": 89})),
            (_("huyện nghèo giảm ba năm liên tục"), _address(THREE_YEARS)),
        ],
    )


def _answer(form: Form) -> dict[str, Any]:
    """The result with its working in sentences, and how the movement reads what its plan leaves open."""
    found = eligibility(db_session(), form["criterion"].data, unit_of(form), figures_of(form))
    return {
        "result": found.result.value,
        "lines": [line.text(lang()) for line in found.working],
        "settings": [line.text(lang()) for line in found.settings.lines()],
    }


def _texts() -> list[reference.CriterionLine]:
    """The plan's own words for the criteria that are computed."""
    movements = reference.movements(db_session())
    listed = reference.criteria(db_session(), movements[0].code, current_clock().today()) if movements else ()
    return [line for line in listed if line.code in QUANTITATIVE]


def _address(figures: dict[str, Any]) -> str:
    return url_for("public.calculator", **figures)
