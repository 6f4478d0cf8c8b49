"""The calculator of deadlines: working days from a complete file, by the calendar steps are counted by."""

from __future__ import annotations

from typing import Any

from flask import request
from flask.typing import ResponseReturnValue
from wtforms import Field, Form, StringField
from wtforms.validators import ValidationError

from nominations.extensions import db_session
from nominations.queries import calculators
from nominations.services.messages import Message
from nominations.web.access import public
from nominations.web.administrators.fields import asked_day, day_of, required, text_of
from nominations.web.ground import lang, page
from nominations.web.lazily import lazily
from nominations.web.public.blueprint import blueprint, tabs


def _count(_form: Form, field: Field) -> None:
    """A whole number of days, no longer than any procedure."""
    typed = (field.data or "").strip()
    if not (typed.isascii() and typed.isdigit()):
        raise ValidationError(Message("not_number").text(lang()))
    if int(typed[:6]) > calculators.MOST_DAYS:
        raise ValidationError(Message("out_of_range", {"low": 0, "high": calculators.MOST_DAYS}).text(lang()))


class DeadlineForm(Form):
    """From when, how many days."""

    complete_on = asked_day(lazily("Ngày nhận đủ hồ sơ"))
    working_days = StringField(lazily("Số ngày làm việc"), [required(), _count])


@blueprint.get("/cong-cu/thoi-han")
@public
def deadline() -> ResponseReturnValue:
    """Ask for day and number, or show the last day and every day that was no ordinary one."""
    asked = "complete_on" in request.args
    form = DeadlineForm(request.args or None)
    good = asked and form.validate()
    return page(
        "public/deadline.html",
        422 if asked and not good else 200,
        tabs=tabs(),
        form=form,
        answer=_answer(form) if good else None,
    )


def _answer(form: Form) -> dict[str, Any]:
    found = calculators.due(db_session(), day_of(form, "complete_on"), int(text_of(form, "working_days")))
    return {
        "due_on": found.due_on,
        "skipped": [(day.on, day.why(lang())) for day in found.skipped],
        "extra": [(day.on, day.why(lang())) for day in found.extra],
        "unknown_years": ", ".join(map(str, found.unknown_years)),
    }
