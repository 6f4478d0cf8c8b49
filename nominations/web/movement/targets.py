"""The plan's targets beside the figures: a table and bars for each, every figure with its decision and its mark."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from flask import abort, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from wtforms import Form

from nominations.extensions import current_clock, db_session
from nominations.queries.targets import Followed, followed
from nominations.services.poverty_figures import NewFigure, may_record, record_figure
from nominations.web import sessions
from nominations.web.access import public, signed_in
from nominations.web.administrators.fields import chosen_id
from nominations.web.administrators.posts import unit_choices
from nominations.web.approvers.fields import MARKED, CountField, LineField, ListField, OneOfField, choices
from nominations.web.ground import origin, page, typed_key, viewer
from nominations.web.lazily import lazily
from nominations.web.movement.blueprint import blueprint
from nominations.web.movement.plan import crumbs, plan_or_404, shown
from nominations.web.movement.sending import Sent, send, text, told
from nominations.web.movement.words import SERIES, STATUS

JUDGED: Mapping[str, tuple[str, str, str]] = {
    "met": (lazily("Đạt chỉ tiêu"), "ok", "circle-check"),
    "beyond": (lazily("Vượt chỉ tiêu"), "ok", "circle-check"),
    "below": (lazily("Chưa đạt"), "warn", "alert-triangle"),
    "unknown": (lazily("Chưa so được"), "neutral", "minus"),
}


def series() -> dict[str, str]:
    """The series, in the language of the request."""
    return choices(tuple(SERIES.items()))


def status() -> dict[str, str]:
    """The marks of a figure, in the language of the request."""
    return choices(tuple(STATUS.items()))


class FigureForm(Form):
    """A year's figure of a unit."""

    unit = ListField(lazily("Đơn vị"), validators=MARKED)
    year = CountField(lazily("Năm"), validators=MARKED)
    series = OneOfField(lazily("Phạm vi"), validators=MARKED, choices=series)
    standard = LineField(lazily("Chuẩn nghèo"), validators=MARKED, description=lazily("Ví dụ 2022-2025."))
    households = CountField(lazily("Số hộ"))
    poor = CountField(lazily("Hộ nghèo"))
    near_poor = CountField(lazily("Hộ cận nghèo"))
    rate = CountField(
        lazily("Tỷ lệ nghèo đa chiều (%)"), description=lazily("Như quyết định ghi; để trống thì tính từ số hộ.")
    )
    status = OneOfField(lazily("Số liệu"), validators=MARKED, choices=status)
    decision_ref = LineField(
        lazily("Quyết định công nhận"), description=lazily("Số, ngày; bắt buộc với số chính thức.")
    )
    source = LineField(lazily("Dấu nguồn"), validators=MARKED, description=lazily("Ví dụ [practice]."))


@blueprint.get("/chi-tieu")
@public
def targets() -> ResponseReturnValue:
    """Show each target with the figures of every year."""
    found, who = plan_or_404(), sessions.person()
    signed = who is not None
    return shown(
        "movement/targets.html",
        found,
        lines=[_line(one, everything=signed) for one in followed(db_session(), found)],
        judged=JUDGED,
        status_words=STATUS,
        may_record=who is not None and may_record(db_session(), who, current_clock().today()),
    )


@blueprint.route("/chi-tieu/so-lieu", methods=["GET", "POST"])
@signed_in
def new_figure() -> ResponseReturnValue:
    """Record a figure."""
    who, today = viewer(), current_clock().today()
    if not may_record(db_session(), who, today):
        abort(404)
    form = FigureForm(request.form if request.method == "POST" else None, data={"source": "[practice]"})
    form.unit.choices = unit_choices(today)
    sent: Sent[Any] = Sent()
    if request.method == "POST":
        new = _typed(form)
        sent = send(form, lambda: record_figure(db_session(), who, current_clock(), origin(typed_key()), new))
        if sent.answer is not None:
            told(_("Đã ghi số liệu hộ nghèo."), sent.answer)
            return redirect(url_for("movement.targets"), code=303)
    return page(
        "movement/figure.html",
        sent.status,
        form=form,
        summary=sent.summary,
        breadcrumbs=crumbs((_("Chỉ tiêu theo năm"), url_for("movement.targets")), (_("Ghi số liệu"), None)),
    )


def _typed(form: Form) -> NewFigure:
    names = (
        "year",
        "series",
        "standard",
        "households",
        "poor",
        "near_poor",
        "rate",
        "status",
        "decision_ref",
        "source",
    )
    return NewFigure(unit_id=chosen_id(form, "unit"), **{name: text(form, name) for name in names})


def _line(one: Followed, *, everything: bool) -> dict[str, Any]:
    """A target in words; what is preliminary is for who has signed in only."""
    years = [year for year in one.years if everything or year.figure.status == "official"]
    return {
        "followed": one,
        "title": one.unit_name if one.target is None else str(SERIES[one.key]),
        "target": _target(one),
        "years": years,
        "bars": [
            {"label": str(year.figure.year), "value": float(year.rate), "words": _percent(year.rate)}
            for year in _rated(years)
        ],
    }


def _rated(years: Sequence[Any]) -> list[Any]:
    return [year for year in years if year.rate is not None]


def _target(one: Followed) -> str:
    """The target as a sentence."""
    if one.target is None:
        return _("Phấn đấu năm 2025 huyện nghèo thoát nghèo")
    least = _number(one.target.least)
    if one.target.most is not None:
        return _("Giảm %(least)s - %(most)s điểm %% mỗi năm", least=least, most=_number(one.target.most))
    if one.target.more:
        return _("Giảm trên %(least)s điểm %% mỗi năm", least=least)
    return _("Giảm từ %(least)s điểm %% mỗi năm", least=least)


def _number(value: Decimal) -> str:
    return f"{value.normalize():f}".replace(".", ",")


def _percent(value: Decimal) -> str:
    return f"{value:.2f} %".replace(".", ",")
