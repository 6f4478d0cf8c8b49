"""The calculator of bonuses, and every cell of the tables it looks into, printed."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from flask import request
from flask.typing import ResponseReturnValue
from wtforms import Form

from nominations.extensions import db_session
from nominations.queries import calculators
from nominations.queries.filing import form_names
from nominations.queries.flow_versions import rule_set_names
from nominations.services.sources import source_notes
from nominations.web.access import public
from nominations.web.administrators.fields import asked_day, day_of
from nominations.web.ground import lang, page
from nominations.web.lazily import lazily
from nominations.web.public.blueprint import blueprint, tabs
from nominations.web.public.calculator_form import OneOf, OneOfList
from workflows.bonus import Bonus, BonusPeriod, Manual

KINDS = {"individual": lazily("Cá nhân"), "household": lazily("Hộ gia đình"), "collective": lazily("Tập thể")}


class BonusForm(Form):
    """For what, for whom, decided when."""

    form = OneOfList(lazily("Hình thức khen thưởng"))
    kind = OneOf(lazily("Loại được khen"), default="individual")
    decided_on = asked_day(lazily("Ngày quyết định"))


@blueprint.get("/cong-cu/tien-thuong")
@public
def bonus() -> ResponseReturnValue:
    """Ask for form, kind and day, or show the amount and what it is made of; wrong input stays beside its sentence."""
    asked = "form" in request.args
    names = {form.code: form.en if lang() == "en" else form.vi for form in form_names(db_session())}
    form = BonusForm(request.args or None)
    for name, offered in (("form", names), ("kind", KINDS)):
        form[name].choices = list(offered.items())  # type: ignore[attr-defined]
    good = asked and form.validate()
    rules = rule_set_names(db_session())
    periods = calculators.every_bonus(db_session())
    return page(
        "public/bonus.html",
        422 if asked and not good else 200,
        tabs=tabs(),
        form=form,
        answer=_answer(form, names | KINDS | rules) if good else None,
        kinds={kind: str(label) for kind, label in KINDS.items()},
        periods=[_period(period, names, rules[period.rule_set]) for period in periods],
    )


def _answer(form: Form, words: Mapping[str, Any]) -> dict[str, Any]:
    """The amount with its factors and what their marks say, or which figure is missing."""
    found = calculators.bonus(db_session(), form["form"].data, form["kind"].data, day_of(form, "decided_on"))
    if isinstance(found, Manual):
        return {"manual": found.why(lang())}
    return {
        "amount": found.amount_vnd,
        "coefficient": f"{found.coefficient:f}".replace(".", ","),
        "salary": found.base_salary_vnd,
        "multiplier": f"{found.multiplier:f}".replace(".", ","),
        "basis": _in_words(found.basis, words),
        "notes": source_notes(found.basis, lang()),
    }


def _in_words(basis: str, words: Mapping[str, Any]) -> str:
    """The ground with codes of forms, kinds and rule sets as people call them; sources keep their marks."""
    codes = "|".join(map(re.escape, words))
    return re.sub(rf"\b({codes})\b", lambda code: str(words[code[0]]), basis)


def _period(period: BonusPeriod, names: Mapping[str, str], rules: str) -> dict[str, Any]:
    """A period's cells as a table: a row for each form, a column for each kind."""
    rows = [
        {"code": code, "form": names[code]} | {kind: _cell(cells[kind]) for kind in KINDS}
        for code, cells in period.cells.items()
    ]
    return {"rule_set": rules, "first": period.valid_from, "last": period.valid_to, "rows": rows}


def _cell(cell: Bonus | Manual) -> int | None:
    return cell.amount_vnd if isinstance(cell, Bonus) else None
