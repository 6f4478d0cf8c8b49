"""The form of the calculator: the unit, and a row of figures for each year; what was typed stays, whatever it is."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal

from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict
from wtforms import Field, Form, RadioField, SelectField, StringField
from wtforms.form import BaseForm
from wtforms.validators import ValidationError

from nominations.web.lazily import lazily
from workflows.eligibility import COMMUNE, DISTRICT, HAMLET
from workflows.poverty import MAX_HOUSEHOLDS, UnitFacts, YearFigure

YEARS = range(2020, 2026)  # the years offered: the one before the movement, and its five
FIRST_YEAR, LAST_YEAR = 1990, 2100
CELLS = ("rate", "households", "poor", "near_poor")
_RATE = re.compile(r"[0-9]{1,3}(?:[.,][0-9]{1,10})?")
_COUNT = re.compile(r"[0-9]{1,3}(?:[. ][0-9]{3})*|[0-9]{1,10}")
_TRUTH = {"": None, "1": True, "0": False}


class OneOf(RadioField):
    """One of a few, refused in our own words."""

    def pre_validate(self, _form: BaseForm) -> None:
        """Refuse what is not offered."""
        refuse_unknown(self)


def refuse_unknown(field: SelectField) -> None:
    """Raise ValidationError for a choice that the list does not have."""
    if field.data not in {value for value, *_rest in field.iter_choices()}:
        raise ValidationError(_("Hãy chọn một giá trị trong danh sách."))


class OneOfList(SelectField):
    """One of a list, refused in our own words."""

    def pre_validate(self, _form: BaseForm) -> None:
        """Refuse what is not offered."""
        refuse_unknown(self)


class UnitForm(Form):
    """What is computed, and what is known of the unit."""

    criterion = OneOf(lazily("Tiêu chí"), default=DISTRICT)
    poor_district = OneOfList(lazily("Huyện nghèo"), default="")
    area_class = OneOfList(lazily("Khu vực (xã dân tộc thiểu số và miền núi)"), default="")


OFFERED: Mapping[str, Sequence[tuple[str, str]]] = {
    "criterion": (
        (DISTRICT, lazily("1.2.8 Cấp huyện: tỷ lệ hộ nghèo, cận nghèo giảm trong ba năm liên tục")),
        (COMMUNE, lazily("1.3.5 Xã khu vực III: số hộ nghèo, cận nghèo giảm trên 50 %")),
        (HAMLET, lazily("1.4.4 Thôn, khu phố: số hộ nghèo, cận nghèo giảm trên 50 %")),
    ),
    "poor_district": (("", lazily("Chưa rõ")), ("1", lazily("Có")), ("0", lazily("Không"))),
    "area_class": (("", lazily("Không thuộc")), ("I", "I"), ("II", "II"), ("III", "III")),
}


def calculator_form(given: MultiDict[str, str]) -> Form:
    """The form as it was sent, or empty with the movement's years."""
    fields: dict[str, object] = {}
    for row in range(len(YEARS)):
        fields[f"year{row}"] = StringField(_("Năm, dòng %(row)s", row=row + 1), [_year])
        fields[f"rate{row}"] = StringField(_("Tỷ lệ nghèo, cận nghèo (%%), dòng %(row)s", row=row + 1), [_rate])
        fields[f"households{row}"] = StringField(_("Tổng số hộ, dòng %(row)s", row=row + 1), [_count])
        fields[f"poor{row}"] = StringField(_("Hộ nghèo, dòng %(row)s", row=row + 1), [_count])
        fields[f"near_poor{row}"] = StringField(_("Hộ cận nghèo, dòng %(row)s", row=row + 1), [_count])
    made = type("CalculatorForm", (UnitForm,), fields)
    years = {f"year{row}": str(year) for row, year in enumerate(YEARS)}
    form: Form = made(given or None, data=years)
    for name, offered in OFFERED.items():
        field = form[name]
        if isinstance(field, SelectField):
            field.choices = list(offered)
    return form


def unit_of(form: Form) -> UnitFacts:
    """The unit as it was described."""
    return UnitFacts(_TRUTH[form["poor_district"].data or ""], form["area_class"].data or None)


def figures_of(form: Form) -> list[YearFigure]:
    """The figures of the rows in which something was typed, once the form has been read."""
    return [_figure(form, row) for row in range(len(YEARS)) if any(_typed(form, name, row) for name in CELLS)]


def _figure(form: Form, row: int) -> YearFigure:
    rate = _typed(form, "rate", row)
    return YearFigure(
        year=int(_typed(form, "year", row)),
        households=_whole(_typed(form, "households", row)),
        poor=_whole(_typed(form, "poor", row)),
        near_poor=_whole(_typed(form, "near_poor", row)),
        rate=Decimal(rate.replace(",", ".")) if rate else None,
    )


def _whole(typed: str) -> int | None:
    """A count, its thousands apart or not."""
    return int(re.sub(r"\D", "", typed)) if typed else None


def _typed(form: Form, name: str, row: int) -> str:
    return (form[f"{name}{row}"].data or "").strip()


def _year(form: Form, field: Field) -> None:
    """A year is needed in a row that has a figure."""
    typed, row = (field.data or "").strip(), int(field.short_name.removeprefix("year"))
    if not any(_typed(form, name, row) for name in CELLS):
        return
    if not (typed.isascii() and typed.isdigit() and FIRST_YEAR <= int(typed[:5]) <= LAST_YEAR):
        raise ValidationError(_("Hãy nhập năm từ %(first)s đến %(last)s.", first=FIRST_YEAR, last=LAST_YEAR))


def _rate(_form: Form, field: Field) -> None:
    typed = (field.data or "").strip()
    if typed and not (_RATE.fullmatch(typed) and Decimal(typed.replace(",", ".")) <= 100):
        raise ValidationError(_("Hãy nhập tỷ lệ phần trăm từ 0 đến 100, ví dụ 12,50."))


def _count(_form: Form, field: Field) -> None:
    typed = (field.data or "").strip()
    if typed and not (_COUNT.fullmatch(typed) and (_whole(typed) or 0) <= MAX_HOUSEHOLDS):
        raise ValidationError(_("Hãy nhập số hộ, là số nguyên, ví dụ 412."))
