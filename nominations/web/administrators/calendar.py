"""The working calendar: the days of a year that are not worked as their weekday says, put in, changed, taken out."""

from __future__ import annotations

from datetime import date

from flask import abort, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from wtforms import Form, StringField

from nominations.extensions import current_clock, db_session
from nominations.queries import administration
from nominations.services.calendars import Day, remove_holiday, set_holiday
from nominations.services.sources import source_notes
from nominations.web.access import needs
from nominations.web.administrators.blueprint import ADMIN, blueprint
from nominations.web.administrators.fields import (
    OneOfList,
    ask,
    asked_day,
    day_of,
    done,
    offer,
    required,
    text_of,
    typed,
)
from nominations.web.administrators.words import DAY_KINDS, pairs
from nominations.web.ground import lang, origin, page
from nominations.web.lazily import lazily


class DayForm(Form):
    """A day of the calendar."""

    on_date = asked_day(lazily("Ngày"))
    kind = OneOfList(lazily("Loại ngày"), [required()])
    name = StringField(lazily("Tên gọi"), [required()], description=lazily("Ví dụ: Tết Nguyên đán"))
    source = StringField(
        lazily("Dấu nguồn"), [required()], description=lazily("[plan], [S-16], [memory], [practice], [inference]")
    )


@blueprint.route("/lich", methods=["GET", "POST"])
@needs(ADMIN)
def calendar() -> ResponseReturnValue:
    """Show a year, and put a day into the calendar."""
    form = typed(DayForm, **_known())
    offer(form, "kind", [("", _("Chọn loại")), *pairs(DAY_KINDS)])
    if done(form, lambda: _set(form)) is not None:
        flash(_("Đã lưu vào lịch. Bước đang mở giữ hạn đã tính; hạn mới tính theo lịch mới."), "success")
        return redirect(url_for("administrators.calendar", nam=day_of(form, "on_date").year), code=303)
    years = administration.holiday_years(db_session())
    year = _year(years)
    days = administration.holidays(db_session(), year)
    return ask(
        "administrators/calendar.html",
        form,
        years=years,
        year=year,
        days=days,
        kinds=DAY_KINDS,
        notes=source_notes(" ".join(day.source for day in days), lang()),
    )


@blueprint.route("/lich/<day>/bo", methods=["GET", "POST"])
@needs(ADMIN)
def remove_day(day: str) -> ResponseReturnValue:
    """Take a day out of the calendar."""
    found = _day_or_404(day)
    line = next((one for one in administration.holidays(db_session(), found.year) if one.on_date == found), None)
    if line is None:
        abort(404)
    if request.method != "POST":
        return page("administrators/remove_day.html", line=line, kinds=DAY_KINDS)
    remove_holiday(db_session(), current_clock(), origin(), found)
    flash(_("Đã bỏ khỏi lịch."), "success")
    return redirect(url_for("administrators.calendar", nam=found.year), code=303)


def _known() -> dict[str, object]:
    """What stands for the day named in the address, to be changed."""
    typed_day = request.args.get("sua", "")
    if not typed_day:
        return {}
    found = _day_or_404(typed_day)
    line = next((one for one in administration.holidays(db_session(), found.year) if one.on_date == found), None)
    return {} if line is None else {"on_date": found, "kind": line.kind, "name": line.name, "source": line.source}


def _set(form: Form) -> object:
    day = Day(day_of(form, "on_date"), text_of(form, "kind"), text_of(form, "name"), text_of(form, "source"))
    return set_holiday(db_session(), current_clock(), origin(), day)


def _year(years: tuple[int, ...]) -> int:
    """The year of the address, else this one, as far as the calendar goes."""
    asked = request.args.get("nam", request.args.get("sua", "")[:4])
    year = int(asked) if asked.isascii() and asked.isdigit() and len(asked) == 4 else current_clock().today().year
    return year if not years or years[0] <= year <= years[-1] else years[-1]


def _day_or_404(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        abort(404)
